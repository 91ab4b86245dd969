/** What a link counts. */

export interface LinkFigures {
  connects: number;
  requests: number;
  exceptions: number;
  timeouts: number;
  /** Replies that came after their request was given up; none became a value. */
  lateReplies: number;
  /** Frames that broke the protocol, each of which cost the socket. */
  brokenFrames: number;
  /** Bytes thrown away while waiting for silence. */
  discardedBytes: number;
}

export function createLinkFigures(): LinkFigures {
  return {
    connects: 0,
    requests: 0,
    exceptions: 0,
    timeouts: 0,
    lateReplies: 0,
    brokenFrames: 0,
    discardedBytes: 0,
  };
}
