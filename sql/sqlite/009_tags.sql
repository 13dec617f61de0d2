-- What the warehouse's own table of tags said of each: a row where it changed, so that a day is judged again by what was known then.
-- is_listed 0: not in the table from that day on. families: two that the table named at once, so that none was taken.
create table tag_entry (
  plan       text    not null,
  check_name text    not null,
  tagid      text    not null,
  since      text    not null,
  is_listed  integer not null,
  family     text,
  owner      text,
  lineage    text,
  words      text,
  families   text,
  primary key (plan, check_name, tagid, since)
) without rowid;
