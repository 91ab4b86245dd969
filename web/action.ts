/** Buttons that do something over the network, and dialogs that ask for what it needs. */
import { h } from './dom.ts';
import { t } from './language.ts';

/** Cannot be pressed twice while it works; what goes wrong is said beside it. */
export function actionButton(label: string, look: string, work: () => Promise<void>): HTMLElement {
  const control = h('button', { type: 'button', class: look }, label);
  const said = h('span', { role: 'alert', class: 'failure' });
  control.addEventListener('click', () => {
    control.disabled = true;
    said.remove();
    work()
      .catch((error: unknown) => {
        said.textContent = ` ${error instanceof Error ? error.message : String(error)}`;
        control.after(said);
      })
      .finally(() => {
        control.disabled = false;
      });
  });
  return control;
}

export interface AskedFields {
  readonly title: string;
  readonly help: string;
  /** Label and control of each answer. */
  readonly fields: readonly (readonly [string, HTMLElement])[];
  readonly submit: string;
  /** Done before it closes: what is refused is said in the dialog, and can be corrected there. */
  readonly work?: () => Promise<void>;
}

/** Whether it was submitted; required fields are filled in then. */
export function askFor({ title, help, fields, submit, work }: AskedFields): Promise<boolean> {
  return new Promise((resolve) => {
    const send = h('button', { class: 'primary', value: 'submit' }, submit);
    const said = h('p', { role: 'alert', class: 'failure' });
    async function tryWork(event: SubmitEvent): Promise<void> {
      if (!work || event.submitter !== send) return;
      event.preventDefault();
      send.disabled = true;
      said.remove();
      try {
        await work();
        dialog.close('submit');
      } catch (error) {
        said.textContent = error instanceof Error ? error.message : String(error);
        send.parentElement?.before(said);
      } finally {
        send.disabled = false;
      }
    }
    const dialog = h(
      'dialog',
      { 'aria-label': title },
      h(
        'form',
        { method: 'dialog', onsubmit: (event) => void tryWork(event as SubmitEvent) },
        h('h2', {}, title),
        help === '' ? null : h('p', {}, help),
        ...fields.map(([label, input]) =>
          h('label', { class: 'field' }, h('span', {}, label), input),
        ),
        h(
          'div',
          { class: 'buttons' },
          send,
          h('button', { value: '', formnovalidate: true }, t('cancel')),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'submit');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
