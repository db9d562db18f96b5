/** English names, as the C locale has them; Monday and January first. */
export const weekdays: readonly string[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

export const months: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export const shortWeekdays: readonly string[] = weekdays.map((name) => name.slice(0, 3));
export const shortMonths: readonly string[] = months.map((name) => name.slice(0, 3));
