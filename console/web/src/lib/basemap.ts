import { addProtocol, type Map } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';
import { get } from './api';

interface Layer { name: string; url: string; type: 'geojson' | 'pmtiles' }

const tiles = new Protocol();
addProtocol('pmtiles', tiles.tile);

/** Lays the installation's own files under the roads that are built in. */
export async function addInstalledLayers(map: Map, css: (name: string) => string) {
  const answer = await get<{ layers: Layer[] }>('/api/basemap').catch(() => undefined);
  for (const { name, url, type } of answer?.layers ?? []) {
    const [source, address] = [`own-${name}`, new URL(url, location.href).href];
    if (type === 'geojson') {
      map.addSource(source, { type: 'geojson', data: address });
      map.addLayer({ id: source, type: 'line', source, paint: { 'line-color': css('border'), 'line-width': 0.7 } }, 'roads');
    } else {
      await addTiles(map, css, source, address).catch((e) => console.warn(`${url}: ${e}`));
    }
  }
}

/** Tiles of any scheme: images as they are; of vectors what is water as areas, all other shapes as lines, and every name. */
async function addTiles(map: Map, css: (name: string) => string, source: string, address: string) {
  const archive = new PMTiles(address);
  tiles.add(archive);
  const { tileType } = await archive.getHeader();
  if (tileType !== TileType.Mvt) {
    map.addSource(source, { type: 'raster', url: `pmtiles://${address}`, tileSize: 256 });
    map.addLayer({ id: source, type: 'raster', source }, 'borders');
    return;
  }
  map.addSource(source, { type: 'vector', url: `pmtiles://${address}` });
  const { vector_layers: layers = [] } = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  for (const { id } of layers) {
    const [key, from] = [`${source}-${id}`, { source, 'source-layer': id }];
    if (/water|ocean/.test(id)) {
      map.addLayer({ id: key, type: 'fill', ...from, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': css('water') } }, 'borders');
    } else if (!/land|earth|park/.test(id)) {
      map.addLayer({ id: key, type: 'line', ...from, filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': css('road'), 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.4, 14, 2] } }, 'roads');
    }
    map.addLayer({
      id: `${key}-names`, type: 'symbol', ...from, minzoom: 11, filter: ['has', 'name'],
      layout: { 'text-field': ['get', 'name'], 'text-font': ['Noto Sans'], 'text-size': 10.5, 'symbol-placement': 'point' },
      paint: { 'text-color': css('muted'), 'text-halo-color': css('land'), 'text-halo-width': 1.2 },
    }, 'towns');
  }
}
