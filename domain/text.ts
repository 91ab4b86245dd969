/** Names a person reads: Chinese first, English beside it. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
