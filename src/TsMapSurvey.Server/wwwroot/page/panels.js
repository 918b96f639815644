// Where pixels of the survey's image are drawn. A window that is much wider than high is cut into rows of equal width, one beneath the
// other, as the Galactic plane is printed: a survey of 360 by 10 degrees is then more than a strip. Image rows count from the top.
const widest = 4;
const gap = 0.06;

export class Panels {
  constructor(window) {
    this.window = window;
    const { width, height } = window;
    this.rows = Math.max(1, Math.round(Math.sqrt(width / height / widest * 1.6)));
    if (width / height <= widest) this.rows = 1;
    this.rowWidth = Math.ceil(width / this.rows);
    this.step = this.rows === 1 ? height : Math.ceil(height * (1 + gap));
    this.width = this.rowWidth;
    this.height = (this.rows - 1) * this.step + height;
  }

  // The parts of the image: [left, top, width, height] and where each is drawn.
  get parts() {
    const { left, top, width, height } = this.window;
    return Array.from({ length: this.rows }, (_, row) => ({
      left: left + row * this.rowWidth, top, width: Math.min(this.rowWidth, width - row * this.rowWidth), height, x: 0, y: row * this.step,
    }));
  }

  // A place of the image in the drawing; null if it is outside the window.
  place(x, y) {
    const { left, top, width, height } = this.window;
    if (x < left || x > left + width || y < top || y > top + height) return null;
    const row = Math.min(this.rows - 1, Math.floor((x - left) / this.rowWidth));
    return [x - left - row * this.rowWidth, y - top + row * this.step];
  }

  // The place of the image at one of the drawing; null between two rows.
  at(x, y) {
    const row = Math.min(this.rows - 1, Math.floor(y / this.step));
    const inside = y - row * this.step;
    return inside > this.window.height ? null : [this.window.left + row * this.rowWidth + x, this.window.top + inside];
  }
}
