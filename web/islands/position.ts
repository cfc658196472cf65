// "Use my position": asked for only when pressed, rounded to about ten metres, kept in the address
// of the page, with the house that is there.
import { nearestAddress } from './addresses';
import { findForm, formUrl } from './find_form';

const DECIMALS = 4;
const PERMISSION_DENIED = 1;

export function startPosition(): void {
    const find = findForm();
    const button = find?.form.querySelector<HTMLButtonElement>('[data-position]');
    if (!find || !button || !('geolocation' in navigator) || !window.isSecureContext) return;

    const note = document.createElement('p');
    note.className = 'find-note';
    note.setAttribute('role', 'status');
    find.form.append(note);
    button.hidden = false;

    const go = async ({ coords }: GeolocationPosition): Promise<void> => {
        const lat = coords.latitude.toFixed(DECIMALS);
        const lon = coords.longitude.toFixed(DECIMALS);
        const near = await nearestAddress(lat, lon);
        const url = find.query.value.trim() === '' ? new URL(location.href) : formUrl(find.form);
        url.searchParams.delete('near');
        url.searchParams.delete('near_known');
        url.searchParams.set('lat', lat);
        url.searchParams.set('lon', lon);
        if (near !== '') url.searchParams.set('near', near);
        location.assign(url);
    };
    const explain = ({ code }: GeolocationPositionError): void => {
        note.textContent =
            (code === PERMISSION_DENIED ? button.dataset.denied : button.dataset.failed) ?? '';
    };

    button.addEventListener('click', () => {
        note.textContent = button.dataset.working ?? '';
        navigator.geolocation.getCurrentPosition((found) => void go(found), explain, {
            timeout: 10_000,
            maximumAge: 60_000,
        });
    });
}
