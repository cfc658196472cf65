// How the ground looks: what the territory's tiles hold (src/geo/tiles), as layers of MapLibre.
// Paper and ink: houses one step darker than the land, streets white, names few and upright.
import type {
    DataDrivenPropertyValueSpecification,
    ExpressionSpecification,
    FilterSpecification,
    LayerSpecification,
    LineLayerSpecification,
    SymbolLayerSpecification,
} from 'maplibre-gl';
import type { Palette } from './palette';

export const GROUND = 'ground';

// The page's own fonts, drawn in the browser. A first family that nobody has chooses the weight.
export const REGULAR = ['Emplettes Sans'];
export const BOLD = ['semibold', 'Emplettes Sans'];

type Width = DataDrivenPropertyValueSpecification<number>;

const width = (...stops: [zoom: number, pixels: number][]): Width =>
    ['interpolate', ['exponential', 1.6], ['zoom'], ...stops.flat()] as ExpressionSpecification;

const is = (name: string, ...values: (string | number)[]): FilterSpecification =>
    ['in', ['get', name], ['literal', values]] as ExpressionSpecification;
const all = (...filters: FilterSpecification[]): FilterSpecification =>
    ['all', ...filters] as ExpressionSpecification;
const isOutside: FilterSpecification = ['!', ['to-boolean', ['get', 'tunnel']]];

interface Street {
    id: string;
    classes: string[];
    minzoom: number;
    width: Width;
    casing: Width;
    colour: keyof Palette;
}

// Small ones first: what comes later lies above.
const STREETS: Street[] = [
    {
        id: 'service',
        classes: ['service'],
        minzoom: 15,
        width: width([15, 1], [18, 9]),
        casing: width([15, 2], [18, 11]),
        colour: 'map-street',
    },
    {
        id: 'minor',
        classes: ['minor', 'pedestrian'],
        minzoom: 12.5,
        width: width([12.5, 0.4], [14, 2], [16, 9], [18, 26]),
        casing: width([12.5, 0.8], [14, 3], [16, 10.6], [18, 28.4]),
        colour: 'map-street',
    },
    {
        id: 'secondary',
        classes: ['secondary'],
        minzoom: 11,
        width: width([11, 0.6], [14, 4], [16, 13], [18, 36]),
        casing: width([11, 1.2], [14, 5.2], [16, 14.8], [18, 38.6]),
        colour: 'map-street',
    },
    {
        id: 'main',
        classes: ['main', 'motorway'],
        minzoom: 9,
        width: width([9, 0.6], [12, 2.4], [14, 5.6], [16, 17], [18, 44]),
        casing: width([9, 1.2], [12, 3.6], [14, 7], [16, 19], [18, 47]),
        colour: 'map-street-large',
    },
];

const fill = (id: string, source: string, colour: string): LayerSpecification => ({
    id,
    type: 'fill',
    source: GROUND,
    'source-layer': source,
    paint: { 'fill-color': colour },
});

const ROUND = { 'line-cap': 'round', 'line-join': 'round' } as const;

const street = (
    id: string,
    filter: FilterSpecification,
    minzoom: number,
    paint: NonNullable<LineLayerSpecification['paint']>,
    layout: NonNullable<LineLayerSpecification['layout']> = ROUND,
): LayerSpecification => ({
    id,
    type: 'line',
    source: GROUND,
    'source-layer': 'street',
    minzoom,
    filter,
    paint,
    layout,
});

const areas = (palette: Palette): LayerSpecification[] => [
    { id: 'land', type: 'background', paint: { 'background-color': palette['map-land'] } },
    fill('green', 'green', palette['map-green']),
    fill('paved', 'paved', palette['map-paved']),
    fill('water', 'water', palette['map-water']),
    {
        id: 'waterway',
        type: 'line',
        source: GROUND,
        'source-layer': 'waterway',
        paint: { 'line-color': palette['map-water'], 'line-width': width([10, 0.8], [17, 8]) },
    },
    {
        ...fill('building', 'building', palette['map-building']),
        minzoom: 13,
        paint: {
            'fill-color': palette['map-building'],
            'fill-outline-color': palette['map-building-edge'],
            'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0, 14.5, 1],
        },
    } as LayerSpecification,
];

// One hue, three steps: the more comfortable by bike, the fuller.
const bikeColour = (palette: Palette, otherwise: string): ExpressionSpecification => [
    'match', ['get', 'bike'],
    3, palette['map-bike-3'],
    2, palette['map-bike-2'],
    1, palette['map-bike-1'],
    otherwise,
];

function streets(palette: Palette, hasBikes: boolean): LayerSpecification[] {
    const casings = STREETS.map(({ id, classes, minzoom, casing }) =>
        street(`${id}-casing`, all(is('class', ...classes), isOutside), minzoom, {
            'line-color': palette['map-casing'],
            'line-width': casing,
        }),
    );
    const surfaces = STREETS.map(({ id, classes, minzoom, width, colour }) =>
        street(`${id}-surface`, is('class', ...classes), minzoom, {
            'line-color': hasBikes ? bikeColour(palette, palette[colour]) : palette[colour],
            'line-width': width,
            'line-opacity': ['case', ['to-boolean', ['get', 'tunnel']], 0.45, 1],
        }),
    );
    return [...casings, ...surfaces];
}

const lanes = (palette: Palette): LayerSpecification[] => [
    street('rail', is('class', 'rail'), 12, {
        'line-color': palette['map-rail'],
        'line-width': width([12, 0.6], [17, 2.2]),
    }),
    street(
        'path',
        all(is('class', 'path', 'steps'), isOutside),
        15,
        {
            'line-color': palette['map-path'],
            'line-width': width([15, 0.8], [18, 2.4]),
            'line-dasharray': [2, 1.6],
        },
        {},
    ),
    street('cycle-track', is('cycle', 'track'), 13.5, {
        'line-color': palette['map-cycle'],
        'line-width': width([13.5, 0.8], [18, 3]),
    }),
    street(
        'cycle-lane',
        is('cycle', 'lane', 'contraflow'),
        14.5,
        {
            'line-color': palette['map-cycle'],
            'line-width': width([14.5, 0.7], [18, 2.2]),
            'line-dasharray': [3, 2.5],
        },
        {},
    ),
];

function name(
    id: string,
    source: string,
    more: Partial<Pick<SymbolLayerSpecification, 'filter' | 'minzoom' | 'layout'>> & {
        colour: string;
        halo: string;
    },
): LayerSpecification {
    const { colour, halo, layout, ...rest } = more;
    return {
        id,
        type: 'symbol',
        source: GROUND,
        'source-layer': source,
        ...rest,
        layout: { 'text-field': ['get', 'name'], 'text-font': REGULAR, ...layout },
        paint: { 'text-color': colour, 'text-halo-color': halo, 'text-halo-width': 1.4 },
    } as LayerSpecification;
}

const alongStreet = {
    'symbol-placement': 'line',
    'text-max-angle': 35,
    'text-padding': 6,
    'symbol-spacing': 320,
} as const;

function streetNames(palette: Palette): LayerSpecification[] {
    const colours = { colour: palette['map-name'], halo: palette['map-street'] };
    return [
        name('name-large', 'street', {
            ...colours,
            minzoom: 13,
            filter: is('class', 'main', 'secondary', 'motorway'),
            layout: { ...alongStreet, 'text-size': width([13, 11], [17, 14]) },
        }),
        name('name-small', 'street', {
            ...colours,
            minzoom: 15,
            filter: is('class', 'minor', 'pedestrian', 'service'),
            layout: { ...alongStreet, 'text-size': width([15, 10.5], [18, 14]) },
        }),
    ];
}

// Upright and few.
function names(palette: Palette): LayerSpecification[] {
    const halo = palette['map-land'];
    const quiet = { colour: palette['map-name'], halo };
    const green = { colour: palette['map-green-name'], halo: palette['map-green'] };
    const text = { 'text-max-width': 7, 'text-padding': 8 };
    return [
        name('number', 'number', {
            ...quiet,
            minzoom: 17,
            layout: { 'text-field': ['get', 'number'], 'text-size': 11, 'text-padding': 1 },
        }),
        ...streetNames(palette),
        name('park', 'label', {
            ...green,
            minzoom: 14.5,
            filter: is('kind', 'park'),
            layout: { ...text, 'text-size': 12 },
        }),
        name('square', 'label', {
            ...quiet,
            minzoom: 15.5,
            filter: is('kind', 'square'),
            layout: { ...text, 'text-size': 12 },
        }),
        name('station', 'label', {
            ...quiet,
            minzoom: 14.5,
            filter: is('kind', 'station'),
            layout: { ...text, 'text-font': BOLD, 'text-size': 11.5 },
        }),
        name('quarter', 'label', {
            ...quiet,
            filter: is('kind', 'quarter', 'town'),
            minzoom: 10,
            layout: {
                ...text,
                'text-size': width([11, 12], [15, 15]),
                'text-letter-spacing': 0.06,
            },
        }),
    ];
}

const arrow = (id: string, direction: number, sign: string, palette: Palette): LayerSpecification =>
    ({
        id,
        type: 'symbol',
        source: GROUND,
        'source-layer': 'street',
        minzoom: 16,
        filter: all(is('oneway', direction), is('class', 'main', 'secondary', 'minor', 'service')),
        layout: {
            'symbol-placement': 'line',
            'symbol-spacing': 130,
            'text-field': sign,
            'text-font': REGULAR,
            'text-size': 15,
            'text-keep-upright': false,
            'text-rotation-alignment': 'map',
            'text-padding': 1,
        },
        paint: { 'text-color': palette['line-strong'] },
    }) as LayerSpecification;

export const groundLayers = (palette: Palette, hasBikes: boolean): LayerSpecification[] => [
    ...areas(palette),
    ...streets(palette, hasBikes),
    ...lanes(palette),
    arrow('oneway', 1, '→', palette),
    arrow('oneway-back', -1, '←', palette),
    ...names(palette),
];
