import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { curveValue } from './curveValue.ts';
import { defineSteps } from './measuredPage.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale);

// What a chart costs at least: lines of as many points as there is room for, by hand, on a canvas; and what one costs that is
// given all points.
const [WIDTH, HEIGHT, SHOWN] = [600, 240, 1_200];
const root = document.getElementById('root') as HTMLElement;

interface Shape {
  readonly runs: number;
  readonly points: number;
}

let datasets: { data: { x: number; y: number }[]; borderColor: string; pointRadius: number }[] = [];

defineSteps({
  first({ runs, points }: Shape) {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [WIDTH, HEIGHT];
    root.replaceChildren(canvas);
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    for (let run = 0; run < runs; run++) {
      context.strokeStyle = `hsl(${(run * 360) / runs} 60% 60%)`;
      context.beginPath();
      for (let at = 0; at < SHOWN; at++) {
        context.lineTo((at * WIDTH) / SHOWN, HEIGHT * (1 - curveValue(run, Math.floor((at * points) / SHOWN)) / 2));
      }
      context.stroke();
    }
    return () => true;
  },
  /** Not measured: the points are made. */
  make({ runs, points }: Shape) {
    datasets = Array.from({ length: runs }, (_, run) => ({
      data: Array.from({ length: points }, (_, at) => ({ x: at, y: curveValue(run, at) })),
      borderColor: `hsl(${(run * 360) / runs} 60% 60%)`,
      pointRadius: 0,
    }));
    return () => true;
  },
  undecimated() {
    const canvas = document.createElement('canvas');
    const frame = document.createElement('div');
    frame.style.cssText = `width: ${WIDTH}px; height: ${HEIGHT}px`;
    frame.append(canvas);
    root.replaceChildren(frame);
    new Chart(canvas, {
      type: 'line',
      data: { datasets },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        scales: { x: { type: 'linear' }, y: { type: 'linear' } },
      },
    });
    return () => true;
  },
});
