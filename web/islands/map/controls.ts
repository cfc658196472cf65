// The buttons on a map: closer, further, and on the large map the comfort of streets by bike.
import type { Map as GlMap } from 'maplibre-gl';

export interface Controls {
    zoomIn: string;
    zoomOut: string;
    bikes: string | undefined; // no such button without
    onBikes: (isOn: boolean) => void;
}

function makeButton(className: string, text: string, onClick: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = className;
    button.addEventListener('click', onClick);
    button.setAttribute('aria-label', text);
    button.title = text;
    return button;
}

export function addControls(box: HTMLElement, gl: GlMap, controls: Controls): void {
    const group = document.createElement('div');
    group.className = 'map-buttons';
    group.append(
        makeButton('map-closer', controls.zoomIn, () => gl.zoomIn()),
        makeButton('map-further', controls.zoomOut, () => gl.zoomOut()),
    );
    box.append(group);
    if (!controls.bikes) return;
    let isOn = false;
    const bikes = makeButton('map-bikes chip', controls.bikes, () => {
        isOn = !isOn;
        bikes.setAttribute('aria-pressed', String(isOn));
        controls.onBikes(isOn);
    });
    bikes.removeAttribute('aria-label');
    bikes.textContent = controls.bikes;
    bikes.setAttribute('aria-pressed', 'false');
    box.append(bikes);
}
