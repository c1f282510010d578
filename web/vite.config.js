import { defineConfig } from "vite";

// One file a page's part, named as it is asked for; what they share goes into assets/ under a hash.
const entries = ["desk", "report", "page", "queue", "incidents", "network", "toll", "doubling"];

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "../src/sayso/web/static",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: true,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: Object.fromEntries(entries.map(name => [name, `src/${name}.ts`])),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: ({ names }) => (names.some(name => name.endsWith(".css")) ? "[name][extname]" : "assets/[name]-[hash][extname]"),
      },
    },
  },
});
