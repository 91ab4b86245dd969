/** The chart library as the api serves it, with the types of its package. */
export * from 'echarts';
