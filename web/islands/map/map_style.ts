// The whole style of a map: its ground and what lies on it. A pure function, so that a change of
// colours is the same style made again.
import type { StyleSpecification, VectorSourceSpecification } from 'maplibre-gl';
import { GROUND, groundLayers } from './ground_style';
import type { Palette } from './palette';
import { overlayLayers, overlaySources, type Overlay } from './shop_layers';

// What src/geo/tiles makes; closer, the tiles of the last level are drawn larger.
const TILES_ZOOM_MIN = 10;
const TILES_ZOOM_MAX = 14;

export interface Ground {
    tiles: string; // "/map/tiles/VERSION/{z}/{x}/{y}"
    bounds: [west: number, south: number, east: number, north: number];
    hasBikes: boolean; // streets in the colours of their comfort by bike
}

export function mapStyle(ground: Ground, overlay: Overlay, palette: Palette): StyleSpecification {
    const tiles: VectorSourceSpecification = {
        type: 'vector',
        tiles: [ground.tiles],
        minzoom: TILES_ZOOM_MIN,
        maxzoom: TILES_ZOOM_MAX,
    };
    return {
        version: 8,
        sources: { [GROUND]: tiles, ...overlaySources(overlay) },
        layers: [
            ...groundLayers(palette, ground.hasBikes),
            ...overlayLayers(palette, overlay.namesFrom),
        ],
    };
}
