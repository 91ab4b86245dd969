/** The side of a bench process that is asked: `begin` starts its counts anew, `figures` tells them. */
export interface Asked {
  begin(): void;
  figures(): Readonly<Record<string, number>>;
}

export function answerBench(asked: Asked): void {
  process.on('message', (message) => {
    if (message === 'begin') asked.begin();
    else process.send?.(asked.figures());
  });
}
