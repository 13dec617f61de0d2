-- A person's word on a day: whether later days are compared with it. Never deleted, only withdrawn. An empty key is the whole check.
create table day_decision (
  id           integer primary key autoincrement,
  plan         text    not null,
  date         text    not null,
  check_name   text    not null,
  series_key   text    not null,
  accepts      integer not null,
  decided_by   text    not null,
  why          text    not null,
  decided_at   text    not null,
  withdrawn_at text,
  withdrawn_by text
);
create index day_decision_of_date on day_decision (plan, date);
