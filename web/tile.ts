/** A figure of an overview under its name. */
import { h } from './dom.ts';

export function tile(label: string, value: Node | string, tone = ''): HTMLElement {
  return h('div', { class: `tile ${tone}` }, h('dt', {}, label), h('dd', {}, value));
}
