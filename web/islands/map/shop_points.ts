// The shops of a map: written by the server beside the list that shows them (src/site/map_view.h),
// so that list and map cannot tell different things.
export interface ShopPoint {
    url: string; // of its page, as the list links to it: what a point and its entries share
    name: string;
    lon: number;
    lat: number;
    state: string; // open, closing, closed, unknown
    state_text: string;
    way: string; // "4 min à pied"
}

export interface Bounds {
    west: number;
    south: number;
    east: number;
    north: number;
}

const isPoint = (value: unknown): value is ShopPoint => {
    const point = value as Partial<Record<keyof ShopPoint, unknown>> | null;
    return (
        typeof point === 'object' &&
        typeof point?.url === 'string' &&
        typeof point.name === 'string' &&
        Number.isFinite(point.lon) &&
        Number.isFinite(point.lat)
    );
};

export function parsePoints(json: string | null | undefined): ShopPoint[] {
    try {
        const value: unknown = JSON.parse(json ?? '[]');
        return Array.isArray(value) ? value.filter(isPoint) : [];
    } catch {
        return [];
    }
}

export const readPoints = (list: ParentNode): ShopPoint[] =>
    parsePoints(list.querySelector('[data-points]')?.textContent);

export const isWithin = ({ lon, lat }: ShopPoint, bounds: Bounds): boolean =>
    lon >= bounds.west && lon <= bounds.east && lat >= bounds.south && lat <= bounds.north;

// The box around all; null when there are none.
export function boundsOf(points: ShopPoint[]): Bounds | null {
    if (points.length === 0) return null;
    return {
        west: Math.min(...points.map(({ lon }) => lon)),
        south: Math.min(...points.map(({ lat }) => lat)),
        east: Math.max(...points.map(({ lon }) => lon)),
        north: Math.max(...points.map(({ lat }) => lat)),
    };
}

export const toFeatures = (points: ShopPoint[]): GeoJSON.FeatureCollection<GeoJSON.Point> => ({
    type: 'FeatureCollection',
    features: points.map(({ url, name, lon, lat, state }, id) => ({
        type: 'Feature',
        id,
        properties: { url, name, state },
        geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
});
