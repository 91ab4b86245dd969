/** A bar that shows which part was measured, which is known otherwise, and which is missing. */
import { h } from './dom.ts';
import { percent } from './format.ts';

export function share(label: string, measured: number, known = measured): HTMLElement {
  const bar = h('span', {
    class: 'share',
    role: 'img',
    'aria-label': `${label} ${percent(measured)}`,
  });
  const part = (name: string, size: number) => {
    const piece = h('span', { class: name });
    // Set through the object model: the policy forbids style attributes.
    piece.style.width = `${Math.max(0, size) * 100}%`;
    return piece;
  };
  bar.append(part('measured', measured), part('interpolated', known - measured));
  return bar;
}
