/** What a bad network or gateway does to replies on their way to the collector. */
import { anyDamage, DAMAGES, type DamageContext, type DamageKind } from './damage.ts';

export type ProxyFault =
  /** Every connection is reset, old and new: the gateway is off or starts again. */
  | { readonly kind: 'reset' }
  /** Bytes vanish in both directions; a connection once muted stays so, as behind a lost firewall state. */
  | { readonly kind: 'mute' }
  /** Only the first bytes of each reply come. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Replies come late, each after its own time up to the most, never out of order. */
  | { readonly kind: 'delay'; readonly mostMs: number }
  /** A gateway that ignores transaction ids: a reply comes late, under the id of the newest request. */
  | { readonly kind: 'relabel'; readonly afterMs: number }
  /** Replies come byte by byte. */
  | { readonly kind: 'trickle'; readonly byteMs: number }
  /** Each reply comes twice in a row. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'damage'; readonly how: DamageKind | 'any' };

/** Bytes to send once this long after those before. */
export interface Piece {
  readonly bytes: Buffer;
  readonly afterMs: number;
}

/** What becomes of a reply. */
export function piecesOf(
  reply: Buffer,
  fault: ProxyFault | undefined,
  context: DamageContext,
): readonly Piece[] {
  const whole = (bytes: Buffer, afterMs = 0): Piece[] => [{ bytes, afterMs }];
  switch (fault?.kind) {
    case undefined:
      return whole(reply);
    case 'reset':
    case 'mute':
      return [];
    case 'cut':
      return whole(reply.subarray(0, fault.bytes));
    case 'delay':
      return whole(reply, fault.mostMs * context.random());
    case 'relabel':
      return whole(reply, fault.afterMs);
    case 'trickle':
      return [...reply].map((byte) => ({ bytes: Buffer.from([byte]), afterMs: fault.byteMs }));
    case 'duplicate':
      return whole(Buffer.concat([reply, reply]));
    case 'damage': {
      const how = fault.how === 'any' ? anyDamage(context) : fault.how;
      return whole(DAMAGES[how](reply, context));
    }
  }
}
