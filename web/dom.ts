/** Builds elements. Text goes in as text nodes, so a name can never become markup. */

type Child = Node | string | null | undefined;
type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/** `onclick`-like attributes take functions; `true` sets an empty attribute, `false` leaves it out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replaces the content without taking the keyboard's place away from whoever is in it. */
export function refill(container: Element, ...children: readonly Child[]): void {
  const active = document.activeElement;
  const href = container.contains(active) ? active?.getAttribute('href') : undefined;
  container.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  if (!href) return;
  const same = [...container.querySelectorAll('a')].find((a) => a.getAttribute('href') === href);
  same?.focus({ preventScroll: true });
}

export interface Column<T> {
  readonly head: string;
  /** `number` aligns right. */
  readonly kind?: 'number' | 'text';
  readonly cell: (row: T) => Child;
}

export function tableBody<T>(columns: readonly Column<T>[], rows: readonly T[]): HTMLElement[] {
  return rows.map((row) =>
    h(
      'tr',
      {},
      ...columns.map(({ head, kind, cell }, index) =>
        index === 0
          ? h('th', { scope: 'row', 'data-head': head }, cell(row))
          : h('td', { class: kind, 'data-head': head }, cell(row)),
      ),
    ),
  );
}

/** A table that becomes a list of cards on a narrow screen; the first column heads each row. */
export function table<T>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
): HTMLTableElement {
  const heads = columns.map(({ head, kind }) => h('th', { scope: 'col', class: kind }, head));
  return h(
    'table',
    {},
    h('caption', { class: 'visually-hidden' }, caption),
    h('thead', {}, h('tr', {}, ...heads)),
    h('tbody', {}, ...tableBody(columns, rows)),
  );
}

/** A labelled choice. */
export function select(
  label: string,
  groups: readonly { readonly label?: string; readonly options: readonly [string, string][] }[],
  chosen: { readonly value: string; readonly onChange: (value: string) => void },
): HTMLLabelElement {
  const option = ([value, words]: [string, string]) =>
    h('option', { value, selected: value === chosen.value }, words);
  const control = h(
    'select',
    { onchange: () => chosen.onChange(control.value) },
    ...groups.flatMap((group) =>
      group.label === undefined
        ? group.options.map(option)
        : [h('optgroup', { label: group.label }, ...group.options.map(option))],
    ),
  );
  return h('label', { class: 'field' }, h('span', {}, label), control);
}
