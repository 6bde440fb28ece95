// What VS Code's log files are written with, in place of the native module @vscode/spdlog: the same
// interface, so that VS Code runs where nothing can be compiled. A log file is not rotated.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #file;
  #level = 0;
  #isPlain = false;

  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    levels.forEach((name, level) => {
      this[name] = (message) => this.#write(level, message);
    });
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#isPlain = true;
  }

  setPattern() {}

  flush() {}

  drop() {}

  #write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    const name = level === 3 ? 'warning' : levels[level];
    const line = this.#isPlain ? message : `${time} [${name}] ${message}\n`;
    try {
      appendFileSync(this.#file, line);
    } catch (error) {
      // The folder goes away with the test that owns it while VS Code is still saying goodbye.
      if (error.code !== 'ENOENT') throw error;
    }
  }
}

const create = async (name, file) => new Logger('rotating', name, file);

// One by one: VS Code imports this as a module, and Node finds only such names.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
