import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const server = process.env.CONSOLE_SERVER ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [svelte()],
  // Nothing is inlined as data: the content security policy allows no data fonts or scripts.
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  worker: { format: 'es' },
  server: { proxy: { '/api': server }, fs: { allow: ['../..'] } },
});
