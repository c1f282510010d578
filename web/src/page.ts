// The report's text and its cards: the style and script of exported pages.
import "../../src/sayso/export/assets/page.css";
import "../../src/sayso/export/assets/page.js";
import "./report.css";
