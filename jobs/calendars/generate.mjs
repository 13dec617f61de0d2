// Writes a calendar: the holidays of a country as CSV (date, name, kind), one line a day, to stdout.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const usage = `usage: node generate.mjs COUNTRY[-STATE] FROM TO > calendar.csv

    node generate.mjs CN 2015 2026 > cn.csv         mainland China with make-up working days, as far as they are announced
    node generate.mjs GB-ENG 2009 2030 > gb.csv     England
    node generate.mjs DE-BY 2015 2030 > bayern.csv  Bavaria

COUNTRY is its ISO code of two letters, STATE as date-holidays knows it, FROM and TO are years. First: npm ci`;

const kinds = { public: 'holiday', bank: 'bank' };
const millisecondsOfADay = 24 * 60 * 60 * 1000;

function stop(message) {
    console.error(message);
    process.exit(2);
}

/** Mainland China, by the announcements of the State Council: days off, and the weekend days that are worked for them. */
function chinese(from, to) {
    const known = require('chinese-days/dist/chinese-days.json');
    const last = Number(Object.keys(known.holidays).sort().at(-1).slice(0, 4));
    if (last < to)
        console.error(`chinese-days knows announced days until ${last}: later years are left out.`);
    const days = (list, kind, lead = '') => Object.entries(list).map(([date, names]) => {
        const [english, chinese] = names.split(',');
        return { date, name: `${lead}${english} ${chinese}`, kind };
    });
    return {
        source: `chinese-days ${require('chinese-days/package.json').version} (npm). Licence: MIT, Copyright (c) 2024 Yawei Sun.`,
        days: [...days(known.holidays, 'holiday'), ...days(known.workdays, 'workday', 'Make-up day for ')].filter(({ date }) => date >= `${from}` && date < `${to + 1}`),
    };
}

/** Any other country: its public holidays and the days on which its banks are closed. */
function others(country, state, from, to) {
    const Holidays = require('date-holidays');
    const holidays = new Holidays();
    if (!holidays.getCountries()[country])
        stop(`date-holidays knows no country ${country}. It knows ${Object.keys(holidays.getCountries()).join(' ')}.`);
    if (state && !holidays.getStates(country)?.[state])
        stop(`date-holidays knows no state ${state} of ${country}. It knows ${Object.keys(holidays.getStates(country) ?? {}).join(' ') || 'none'}.`);
    holidays.init(country, state);
    const days = [];
    for (let year = from; year <= to; year++) {
        for (const { date, name, type, start, end } of holidays.getHolidays(year, 'en').filter(({ type }) => kinds[type])) {
            // Some last several days; summer time makes a day of 23 or 25 hours, and some begin in the afternoon.
            const length = Math.max(1, Math.round((end - start) / millisecondsOfADay));
            for (let day = 0; day < length; day++)
                days.push({ date: after(date.slice(0, 10), day), name, kind: kinds[type] });
        }
    }
    return {
        source: `date-holidays ${require('date-holidays/package.json').version} (npm) by commenthol and contributors. Licence of its data, and so of this file: CC BY-SA 3.0,\n`
            + '# https://creativecommons.org/licenses/by-sa/3.0/; attributions: https://github.com/commenthol/date-holidays/blob/master/LICENSE',
        days,
    };
}

function after(date, days) {
    const moved = new Date(`${date}T00:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10);
}

const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const [place, ...years] = process.argv.slice(2);
const [country, state] = (place ?? '').toUpperCase().split('-');
const [from, to] = years.map(Number);
if (!/^[A-Z]{2}$/.test(country) || years.length !== 2 || !(from >= 1900 && to <= 2200 && from <= to))
    stop(usage);

const { source, days } = country === 'CN' && !state ? chinese(from, to) : others(country, state, from, to);
const lines = days.map(({ date, name, kind }) => [date, name, kind].map(quoted).join(','));
if (lines.length === 0)
    stop(`No holidays of ${place} from ${from} to ${to} are known.`);
console.log(`# Made by: node generate.mjs ${place} ${from} ${to}`);
console.log(`# Source: ${source}`);
console.log('date,name,kind');
console.log([...new Set(lines)].sort().join('\n'));
