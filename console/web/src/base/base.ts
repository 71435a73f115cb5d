import type { Feature, FeatureCollection } from 'geojson';
import placesCsv from '../../../../jobs/simulator/src/main/resources/io/atalaya/simulator/places.csv?raw';
import roadsCsv from '../../../../jobs/simulator/src/main/resources/io/atalaya/simulator/roads.csv?raw';

const files = import.meta.glob<Feature>('./states/*.json', { eager: true, import: 'default' });

const rows = (csv: string) => csv.split('\n').filter((line) => line && !line.startsWith('#')).slice(1).map((line) => line.split(','));

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

const places = new Map(
  rows(placesCsv).map(([place, municipality, , latitude, longitude]) => [place, { municipality, at: [Number(longitude), Number(latitude)] }]),
);

export const states = collection(
  Object.entries(files).map(([path, state]) => ({ ...state, properties: { home: path.endsWith('MX-MX.json') } })),
);

export const roads = collection(
  rows(roadsCsv).map(([road, lanes, , , stops]) => ({
    type: 'Feature',
    properties: { road, lanes: Number(lanes) },
    geometry: { type: 'LineString', coordinates: stops.split(' ').map((stop) => places.get(stop)!.at) },
  })),
);

/** One label a municipality, at the first of its places. */
export const towns = collection(
  [...new Map([...places.values()].reverse().map((place) => [place.municipality, place.at]))].map(([name, at], i) => ({
    type: 'Feature',
    properties: { name, rank: i },
    geometry: { type: 'Point', coordinates: at },
  })),
);
