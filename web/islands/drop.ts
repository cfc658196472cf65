// A file may be dropped on its form instead of being looked for; it is sent at once, for dropping
// it says all there is to say.
export function startDrop(): void {
    const form = document.querySelector<HTMLFormElement>('form[data-drop]');
    const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
    if (!form || !input) return;
    const status = form.querySelector('[data-drop-status]');
    const hint = form.querySelector<HTMLElement>('[data-drop-hint]');
    if (hint && matchMedia('(hover: hover)').matches) hint.hidden = false;

    const over = (isOver: boolean): void => {
        form.toggleAttribute('data-over', isOver);
    };
    form.addEventListener('dragover', (event) => {
        event.preventDefault();
        over(true);
    });
    form.addEventListener('dragleave', () => over(false));
    form.addEventListener('drop', (event) => {
        event.preventDefault();
        over(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        const one = new DataTransfer();
        one.items.add(file);
        input.files = one.files;
        form.requestSubmit();
    });
    form.addEventListener('submit', () => {
        if (status) status.textContent = form.dataset.sending ?? '';
    });
}
