// Addresses under the field "near", and the one nearest to a position.
import { fetchJson, Suggestions, type Option } from './combobox';
import { findForm, keepPlace } from './find_form';

const NEAREST_WAIT_MS = 1000;
const NEAREST_M_MAX = 50;
const SUGGESTIONS_MAX = 5;
const ASKED_FOR = '20'; // more, since those outside the territory are left out

interface Address extends Option {
    label: string;
    number: string;
    street: string;
    lat: number;
    lon: number;
    match: string;
    distance_m: number;
    in_territory: boolean;
}

const isAddress = (value: unknown): value is Address =>
    typeof value === 'object' &&
    value !== null &&
    'label' in value &&
    'lat' in value &&
    'lon' in value &&
    'in_territory' in value;

async function fetchAddresses(
    path: string,
    parameters: [name: string, value: string][],
    signal: AbortSignal,
): Promise<Address[]> {
    const { addresses } = (await fetchJson(path, parameters, signal)) ?? {};
    return Array.isArray(addresses) ? addresses.filter(isAddress) : [];
}

// "12 rue Cadet", when a house is that near; empty, and soon, when nothing can be said.
export async function nearestAddress(lat: string, lon: string): Promise<string> {
    const path = findForm()?.form.dataset.reverse;
    if (!path) return '';
    try {
        const where: [string, string][] = [
            ['lat', lat],
            ['lon', lon],
        ];
        const [nearest] = await fetchAddresses(path, where, AbortSignal.timeout(NEAREST_WAIT_MS));
        const isNear = nearest !== undefined && nearest.distance_m <= NEAREST_M_MAX;
        return isNear ? `${nearest.number} ${nearest.street}` : '';
    } catch {
        return '';
    }
}

export function startAddresses(): void {
    const find = findForm();
    const path = find?.form.dataset.geocode;
    if (!find || !path) return;
    new Suggestions<Address>({
        id: 'addresses',
        label: find.form.dataset.addressesLabel ?? '',
        input: find.near,
        find: async (text, signal) => {
            const question: [string, string][] = [
                ['q', text],
                ['limit', ASKED_FOR],
            ];
            const found = await fetchAddresses(path, question, signal);
            return found
                .filter((address) => address.in_territory)
                .slice(0, SUGGESTIONS_MAX)
                .map((address) => ({ ...address, text: address.label, kind: '' }));
        },
        choose: ({ label, match, lat, lon }) => {
            find.near.value = label;
            // Of a house that is not there the server says so: it reads the label again.
            if (match !== 'interpolated') keepPlace(find, { lat, lon });
        },
    });
}
