// What lies on the ground: shops, one by one or together with their number, the one that is
// looked at, where the reader is, a way on foot. Open shops are discs, the others are rings.
import type {
    ExpressionSpecification,
    GeoJSONSourceSpecification,
    LayerSpecification,
} from 'maplibre-gl';
import { BOLD } from './ground_style';
import type { Palette } from './palette';
import { ICON_PREFIX } from './shop_icons';

export const SHOPS = 'shops';
export const LOOKED_AT = 'looked-at';
export const HERE = 'here';
export const WAY = 'way';

export const SHOP_LAYER = 'shop';
export const CLUSTER_LAYER = 'cluster';

// From 16.3 on every shop is there by itself: neighbours' discs touch, and that is how they stand.
const CLUSTER_ZOOM_MAX = 15;
const CLUSTER_RADIUS_PX = 28;

export interface Overlay {
    shops: GeoJSON.FeatureCollection;
    lookedAt: GeoJSON.FeatureCollection;
    here: GeoJSON.FeatureCollection;
    way: GeoJSON.FeatureCollection;
    namesFrom: number; // the zoom at which shops have their names
}

const source = (data: GeoJSON.FeatureCollection): GeoJSONSourceSpecification => ({
    type: 'geojson',
    data,
});

export const overlaySources = (overlay: Overlay): Record<string, GeoJSONSourceSpecification> => ({
    [SHOPS]: {
        ...source(overlay.shops),
        cluster: true,
        clusterRadius: CLUSTER_RADIUS_PX,
        clusterMaxZoom: CLUSTER_ZOOM_MAX,
    },
    [LOOKED_AT]: source(overlay.lookedAt),
    [HERE]: source(overlay.here),
    [WAY]: source(overlay.way),
});

const icon = {
    'icon-image': ['concat', ICON_PREFIX, ['get', 'state']] as ExpressionSpecification,
    'icon-allow-overlap': true,
};

const nameBeside = {
    'text-field': ['get', 'name'] as ExpressionSpecification,
    'text-font': BOLD,
    'text-size': 12.5,
    'text-max-width': 9,
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right')[],
    'text-justify': 'auto' as const,
};

const inInk = (palette: Palette) => ({
    'text-color': palette.ink,
    'text-halo-color': palette['map-land'],
    'text-halo-width': 1.6,
});

const isAlone: ExpressionSpecification = ['!', ['has', 'point_count']];

const shops = (palette: Palette, namesFrom: number): LayerSpecification[] => [
    {
        id: CLUSTER_LAYER,
        type: 'circle',
        source: SHOPS,
        filter: ['has', 'point_count'],
        paint: {
            'circle-color': palette.raised,
            'circle-radius': ['step', ['get', 'point_count'], 11, 10, 14, 50, 18, 200, 23],
            'circle-stroke-color': palette.ink,
            'circle-stroke-width': 1.5,
        },
    },
    // What is above is placed first: so names keep off the marks of others.
    {
        id: 'shop-name',
        type: 'symbol',
        source: SHOPS,
        filter: isAlone,
        minzoom: namesFrom,
        layout: { ...nameBeside, 'text-radial-offset': 1.1 },
        // Whoever is looked at has a name of its own.
        paint: {
            ...inInk(palette),
            'text-opacity': ['case', ['boolean', ['feature-state', 'isLookedAt'], false], 0, 1],
        },
    },
    {
        id: SHOP_LAYER,
        type: 'symbol',
        source: SHOPS,
        filter: isAlone,
        layout: {
            ...icon,
            'icon-padding': 0,
            'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.55, 17, 0.95],
        },
    },
    {
        id: 'cluster-count',
        type: 'symbol',
        source: SHOPS,
        filter: ['has', 'point_count'],
        layout: {
            'text-field': ['get', 'point_count_abbreviated'],
            'text-font': BOLD,
            'text-size': 13,
            'text-allow-overlap': true,
            'text-padding': 8,
        },
        paint: { 'text-color': palette.ink },
    },
];

const lookedAt = (palette: Palette): LayerSpecification[] => [
    {
        id: 'looked-at-rim',
        type: 'circle',
        source: LOOKED_AT,
        paint: {
            'circle-radius': 14,
            'circle-color': palette.accent,
            'circle-opacity': 0.25,
            'circle-stroke-color': palette.accent,
            'circle-stroke-width': 2.5,
        },
    },
    {
        id: 'looked-at',
        type: 'symbol',
        source: LOOKED_AT,
        layout: {
            ...icon,
            'icon-ignore-placement': true,
            'text-field': ['get', 'name'],
            'text-font': BOLD,
            'text-size': 14,
            'text-max-width': 9,
            'text-anchor': ['get', 'anchor'], // away from the edge: see ShopMap
            'text-justify': ['get', 'anchor'],
            'text-radial-offset': 1.4,
            'text-allow-overlap': true,
            'text-ignore-placement': true,
        },
        paint: { ...inInk(palette), 'text-halo-width': 2.5 },
    },
];

const here = (palette: Palette): LayerSpecification[] => [
    {
        id: 'here-around',
        type: 'circle',
        source: HERE,
        paint: {
            'circle-radius': 20,
            'circle-color': palette.accent,
            'circle-opacity': 0.18,
            'circle-stroke-color': palette.accent,
            'circle-stroke-opacity': 0.5,
            'circle-stroke-width': 1,
        },
    },
    {
        id: 'here',
        type: 'circle',
        source: HERE,
        paint: {
            'circle-radius': 5.5,
            'circle-color': palette.accent,
            'circle-stroke-color': palette.raised,
            'circle-stroke-width': 2.5,
        },
    },
    {
        id: 'here-name',
        type: 'symbol',
        source: HERE,
        layout: {
            'text-field': ['get', 'name'],
            'text-font': BOLD,
            'text-size': 13,
            'text-offset': [0, 1.6],
            'text-anchor': 'top',
            'text-allow-overlap': true,
        },
        paint: {
            'text-color': palette.accent,
            'text-halo-color': palette['map-land'],
            'text-halo-width': 1.6,
        },
    },
];

const way = (palette: Palette): LayerSpecification[] => {
    const line = (id: string, colour: string, width: number): LayerSpecification => ({
        id,
        type: 'line',
        source: WAY,
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': colour, 'line-width': width },
    });
    return [line('way-rim', palette.raised, 8), line('way', palette.accent, 4.5)];
};

export const overlayLayers = (palette: Palette, namesFrom: number): LayerSpecification[] => [
    ...way(palette),
    ...shops(palette, namesFrom),
    ...here(palette),
    ...lookedAt(palette),
];
