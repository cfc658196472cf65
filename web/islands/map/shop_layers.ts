// What lies on the ground: shops, one by one or together with their number, the one that is
// looked at, where the reader is, a way on foot. Open shops are discs, the others are rings.
import type {
    CircleLayerSpecification,
    ExpressionSpecification,
    GeoJSONSourceSpecification,
    LayerSpecification,
} from 'maplibre-gl';
import { BOLD, REGULAR } from './ground_style';
import type { Palette } from './palette';

export const SHOPS = 'shops';
export const LOOKED_AT = 'looked-at';
export const HERE = 'here';
export const WAY = 'way';

export const SHOP_LAYER = 'shop';
export const CLUSTER_LAYER = 'cluster';

// From 16.3 on every shop is there by itself: neighbours' discs touch, and that is how they stand.
const CLUSTER_ZOOM_MAX = 15;
const CLUSTER_RADIUS_PX = 24;

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

const isOpen: ExpressionSpecification = [
    'in', ['get', 'state'], ['literal', ['open', 'closing']],
];

// A disc of the state's colour with a pale rim, or a ring around the paper.
function disc(palette: Palette, scale: number): NonNullable<CircleLayerSpecification['paint']> {
    const of = (open: string, closing: string, closed: string): ExpressionSpecification => [
        'match', ['get', 'state'], 'open', open, 'closing', closing, closed,
    ];
    const radius = (zoom: number, open: number): (number | ExpressionSpecification)[] => [
        zoom,
        ['case', isOpen, open * scale, (open - 1.5) * scale],
    ];
    return {
        'circle-radius': [
            'interpolate', ['linear'], ['zoom'], ...radius(12, 4.5), ...radius(17, 8),
        ] as ExpressionSpecification,
        'circle-color': of(palette.open, palette.closing, palette.raised),
        'circle-stroke-color': of(palette.raised, palette.raised, palette.muted),
        'circle-stroke-width': ['case', isOpen, 1.5, 2.5],
    };
}

const shopName = (palette: Palette) => ({
    type: 'symbol' as const,
    paint: {
        'text-color': palette.ink,
        'text-halo-color': palette['map-land'],
        'text-halo-width': 1.6,
    },
});

const nameBeside = {
    'text-field': ['get', 'name'] as ExpressionSpecification,
    'text-font': BOLD,
    'text-size': 12.5,
    'text-max-width': 9,
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right')[],
    'text-radial-offset': 0.85,
    'text-justify': 'auto' as const,
};

const shops = (palette: Palette, namesFrom: number): LayerSpecification[] => [
    {
        id: SHOP_LAYER,
        type: 'circle',
        source: SHOPS,
        filter: ['!', ['has', 'point_count']],
        paint: disc(palette, 1),
    },
    {
        ...shopName(palette),
        id: 'shop-name',
        source: SHOPS,
        minzoom: namesFrom,
        filter: ['!', ['has', 'point_count']],
        layout: { ...nameBeside, 'text-optional': true },
    },
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
            'circle-radius': 15,
            'circle-color': palette.accent,
            'circle-opacity': 0.25,
            'circle-stroke-color': palette.accent,
            'circle-stroke-width': 2.5,
        },
    },
    { id: 'looked-at', type: 'circle', source: LOOKED_AT, paint: disc(palette, 1.15) },
    {
        ...shopName(palette),
        id: 'looked-at-name',
        source: LOOKED_AT,
        layout: {
            ...nameBeside,
            'text-radial-offset': 1.5,
            'text-size': 14,
            'text-allow-overlap': true,
            'text-ignore-placement': true,
        },
    },
];

const here = (palette: Palette): LayerSpecification[] => [
    {
        id: 'here',
        type: 'circle',
        source: HERE,
        paint: {
            'circle-radius': 7,
            'circle-color': palette.accent,
            'circle-stroke-color': palette.raised,
            'circle-stroke-width': 3,
        },
    },
    {
        id: 'here-name',
        type: 'symbol',
        source: HERE,
        layout: {
            'text-field': ['get', 'name'],
            'text-font': REGULAR,
            'text-size': 13,
            'text-offset': [0, 1.1],
            'text-anchor': 'top',
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
    ...here(palette),
    ...shops(palette, namesFrom),
    ...lookedAt(palette),
];
