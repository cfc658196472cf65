// One map on a page: the ground, the shops of the list beside it, and how both stay in step.
import { Map as GlMap, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { addControls } from './controls';
import { startFilterLinks } from './filter_links';
import { mapStyle } from './map_style';
import { onPaletteChange, readPalette } from './palette';
import { ShopCard } from './shop_card';
import { paintIcons } from './shop_icons';
import {
    CLUSTER_LAYER,
    LOOKED_AT,
    SHOP_LAYER,
    SHOPS,
    type Overlay,
} from './shop_layers';
import { ShopList } from './shop_list';
import { boundsOf, isWithin, toFeatures, type Bounds, type ShopPoint } from './shop_points';

const ZOOM_MIN = 10;
const ZOOM_MAX = 19;
const ZOOM_OF_ONE = 16.5; // where there is one shop to show, or one was picked
// Names stand to the right of their shops, mostly.
const MARGIN_PX = { top: 64, right: 110, bottom: 56, left: 72 };
const TAP_PX = 12; // a finger is not a needle
const NAMES_FROM_MANY = 16.5;
const NAMES_FROM_FEW = 13;
const FEW = 40;

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({
    type: 'FeatureCollection',
    features,
});

const numbers = (text: string | undefined): number[] =>
    text ? text.split(',').map(Number).filter(Number.isFinite) : [];

// Where the reader is, when the page knows it.
function hereOf({ here, hereName }: DOMStringMap): GeoJSON.Feature<GeoJSON.Point>[] {
    const coordinates = numbers(here);
    if (coordinates.length !== 2) return [];
    const properties = { name: hereName ?? '' };
    return [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates } }];
}

// A way on foot, when the page has one: a line of GeoJSON.
function wayOf({ way }: DOMStringMap): GeoJSON.Feature<GeoJSON.LineString>[] {
    if (!way) return [];
    const geometry = JSON.parse(way) as GeoJSON.LineString;
    return [{ type: 'Feature', properties: {}, geometry }];
}

function around(coordinates: GeoJSON.Position[]): Bounds | null {
    const points = coordinates.map(([lon, lat]) => ({ lon, lat }) as ShopPoint);
    return boundsOf(points);
}

export class ShopMap {
    private readonly gl: GlMap;
    private readonly list: ShopList;
    private readonly card: ShopCard;
    private readonly overlay: Overlay;
    private readonly isNarrowing: boolean;
    private hasBikes = false;
    private picked: string | null = null;

    constructor(private readonly box: HTMLElement) {
        const { list = '', sprite = '', close = '' } = box.dataset;
        const root = document.querySelector<HTMLElement>(list) ?? box;
        this.list = new ShopList(root);
        this.isNarrowing = 'narrow' in box.dataset;
        if (this.isNarrowing) startFilterLinks(root);
        this.overlay = {
            shops: toFeatures(this.list.points),
            lookedAt: collection([]),
            here: collection(hereOf(box.dataset)),
            way: collection(wayOf(box.dataset)),
            namesFrom: this.list.points.length > FEW ? NAMES_FROM_MANY : NAMES_FROM_FEW,
        };
        this.gl = this.makeGl();
        const place = box.parentElement ?? box;
        this.card = new ShopCard(place, sprite, close, () => this.pick(null));
        this.follow();
    }

    private makeGl(): GlMap {
        const { title = '', zoomIn = '', zoomOut = '' } = this.box.dataset;
        const canvas = document.createElement('div');
        canvas.className = 'map-canvas';
        this.box.prepend(canvas);
        const bounds = this.wholeView();
        const gl = new GlMap({
            container: canvas,
            style: this.style(),
            bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
            fitBoundsOptions: { padding: MARGIN_PX, maxZoom: ZOOM_OF_ONE },
            minZoom: ZOOM_MIN,
            maxZoom: ZOOM_MAX,
            attributionControl: false, // the page has it (templates/map_box.mustache)
            dragRotate: false,
            pitchWithRotate: false,
            touchPitch: false,
            cooperativeGestures: isBesideText(this.box),
            locale: {
                'Map.Title': title,
                'CooperativeGesturesHandler.WindowsHelpText': this.box.dataset.gesture ?? '',
                'CooperativeGesturesHandler.MacHelpText': this.box.dataset.gestureMac ?? '',
                'CooperativeGesturesHandler.MobileHelpText': this.box.dataset.gestureTouch ?? '',
            },
        });
        gl.touchZoomRotate.disableRotation();
        gl.keyboard.disableRotation();
        addControls(this.box, gl, {
            zoomIn,
            zoomOut,
            bikes: this.box.dataset.bikes,
            onBikes: (isOn) => {
                this.hasBikes = isOn;
                this.paint();
            },
        });
        return gl;
    }

    private style() {
        const { tiles = '', bounds } = this.box.dataset;
        const [west = 0, south = 0, east = 0, north = 0] = numbers(bounds);
        const ground = {
            tiles: new URL(tiles, location.href).href.replace(/%7B/gi, '{').replace(/%7D/gi, '}'),
            bounds: [west, south, east, north] as [number, number, number, number],
            hasBikes: this.hasBikes,
        };
        return mapStyle(ground, this.overlay, readPalette());
    }

    private paint(): void {
        paintIcons(this.gl, readPalette());
        this.gl.setStyle(this.style(), { diff: true });
    }

    // Everything that there is to see: shops, the reader, the way; else the whole territory.
    private wholeView(): Bounds {
        const [west = 0, south = 0, east = 0, north = 0] = numbers(this.box.dataset.bounds);
        const shops = this.list.points.map(({ lon, lat }) => [lon, lat]);
        const ways = wayOf(this.box.dataset).flatMap(({ geometry }) => geometry.coordinates);
        const here = this.isNarrowing
            ? []
            : hereOf(this.box.dataset).map(({ geometry }) => geometry.coordinates);
        return around([...shops, ...ways, ...here]) ?? { west, south, east, north };
    }

    private follow(): void {
        const { gl, list } = this;
        gl.once('style.load', () => paintIcons(gl, readPalette()));
        onPaletteChange(() => this.paint());
        list.onChange(() => this.showList());
        list.onLook((urls) => this.lookAt(urls));
        list.onPick((url, from) => this.pick(url, from));
        gl.on('click', (event) => void this.click(event));
        gl.on('mousemove', ({ point }) => {
            gl.getCanvas().style.cursor = this.featuresAt(point).length > 0 ? 'pointer' : '';
        });
        gl.on('moveend', () => this.narrow());
        gl.once('load', () => {
            this.narrow();
            this.box.dataset.ready = '';
            performance.mark('map-ready');
            // For whoever wants to do more with it, as the journeys in tests/browser.
            this.box.dispatchEvent(new CustomEvent('map-ready', { detail: gl, bubbles: true }));
        });
    }

    private set(source: string, data: GeoJSON.FeatureCollection): void {
        void this.gl.getSource<GeoJSONSource>(source)?.setData(data);
    }

    private showList(): void {
        this.card.close();
        this.overlay.shops = toFeatures(this.list.points);
        this.set(SHOPS, this.overlay.shops);
        const view = this.view();
        const inView = this.list.points.filter((point) => isWithin(point, view)).length;
        const { length } = this.list.points;
        const enough = this.isNarrowing ? Math.min(1, length) : length;
        if (inView < enough) {
            const { west, south, east, north } = this.wholeView();
            this.gl.fitBounds([west, south, east, north], {
                padding: MARGIN_PX,
                maxZoom: ZOOM_OF_ONE,
            });
        }
        this.narrow();
    }

    private view(): Bounds {
        const bounds = this.gl.getBounds();
        return {
            west: bounds.getWest(),
            south: bounds.getSouth(),
            east: bounds.getEast(),
            north: bounds.getNorth(),
        };
    }

    private narrow(): void {
        if (!this.isNarrowing) return;
        const count = this.list.narrow(this.view());
        const { countNone = '', countOne = '', countOther = '' } = this.box.dataset;
        const form = count === 0 ? countNone : count === 1 ? countOne : countOther;
        const text = form.replace('{1}', String(count));
        for (const place of document.querySelectorAll('[data-map-count]'))
            if (place.textContent !== text) place.textContent = text;
    }

    // Shows where they are; without any, the one that is picked.
    private lookAt(urls: string[]): void {
        const wanted = urls.length > 0 ? urls : this.picked ? [this.picked] : [];
        const shown = this.list.points.filter(({ url }) => wanted.includes(url));
        this.gl.removeFeatureState({ source: SHOPS });
        for (const point of shown) {
            const id = this.list.points.indexOf(point);
            this.gl.setFeatureState({ source: SHOPS, id }, { isLookedAt: true });
        }
        this.overlay.lookedAt = this.namedInwards(toFeatures(shown));
        this.set(LOOKED_AT, this.overlay.lookedAt);
    }

    // Their names stand on the side where there is more room.
    private namedInwards(shops: ReturnType<typeof toFeatures>): ReturnType<typeof toFeatures> {
        const middle = this.gl.getContainer().clientWidth / 2;
        for (const { geometry, properties } of shops.features) {
            const [lon = 0, lat = 0] = geometry.coordinates;
            const isLeft = this.gl.project([lon, lat]).x <= middle;
            Object.assign(properties ?? {}, { anchor: isLeft ? 'left' : 'right' });
        }
        return shops;
    }

    private pick(url: string | null, from: HTMLElement | null = null): void {
        this.picked = url;
        this.list.mark(url);
        this.lookAt([]);
        const point = this.list.points.find((known) => known.url === url);
        if (!point) return;
        const view = this.view();
        // On a phone the map is above its list.
        if (from) this.box.scrollIntoView({ block: 'nearest' });
        if (from || !isWithin(point, view))
            this.gl.easeTo({
                center: [point.lon, point.lat],
                zoom: Math.max(this.gl.getZoom(), ZOOM_OF_ONE),
            });
        if (!from && getComputedStyle(this.box).position !== 'fixed') this.list.scrollTo(point.url);
        this.card.show(point, from ?? this.gl.getCanvas());
    }

    private featuresAt(point: MapMouseEvent['point']) {
        return this.gl.queryRenderedFeatures(
            [
                [point.x - TAP_PX, point.y - TAP_PX],
                [point.x + TAP_PX, point.y + TAP_PX],
            ],
            { layers: [SHOP_LAYER, CLUSTER_LAYER] },
        );
    }

    private async click({ point }: MapMouseEvent): Promise<void> {
        const features = this.featuresAt(point);
        const distance = ({ geometry }: (typeof features)[number]): number => {
            const [lon = 0, lat = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
            return this.gl.project([lon, lat]).dist(point);
        };
        const nearest = features.sort((a, b) => distance(a) - distance(b))[0];
        if (!nearest || nearest.geometry.type !== 'Point') return this.card.close();
        const { url, cluster_id: cluster } = nearest.properties;
        if (typeof url === 'string') return this.pick(url);
        const source = this.gl.getSource<GeoJSONSource>(SHOPS);
        const zoom = await source?.getClusterExpansionZoom(Number(cluster));
        const [lon = 0, lat = 0] = nearest.geometry.coordinates;
        this.gl.easeTo({ center: [lon, lat], zoom: zoom ?? this.gl.getZoom() + 1 });
    }
}

// There the wheel and one finger scroll the page; a map that fills the screen has them for itself.
function isBesideText(box: HTMLElement): boolean {
    const isBeside = 'small' in box.dataset || matchMedia('(min-width: 960px)').matches;
    return 'gesture' in box.dataset && isBeside;
}

// Throws where the browser cannot draw.
export function drawMap(box: HTMLElement): void {
    setWorkerUrl(workerUrl);
    new ShopMap(box);
}
