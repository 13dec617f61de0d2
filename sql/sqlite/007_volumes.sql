-- Volumes without what each row of a check and date repeated; tag_data_day is a view of them, with the same columns, and can be written as before.
create table volume_day (
  id         integer primary key,
  plan       text    not null,
  check_name text    not null,
  date       text    not null,
  dimension  text    not null,
  run_id     integer not null,
  unique (plan, check_name, date)
);
-- Clustered by day: a day is written, and a history read, as one stretch of pages.
create table volume (
  day_id        integer not null,
  tagid         text    not null,
  id            integer not null,
  tag_count     integer not null,
  tag_total_per real,
  tag_dau_per   real,
  accepted      integer not null,
  primary key (day_id, tagid)
) without rowid;
insert into volume_day (plan, check_name, date, dimension, run_id)
select plan, check_name, date, max(dimension), max(run_id) from tag_data_day group by plan, check_name, date;
insert into volume
select d.id, v.tagid, v.id, v.tag_count, v.tag_total_per, v.tag_dau_per, v.accepted
from volume_day d join tag_data_day v on v.plan = d.plan and v.check_name = d.check_name and v.date = d.date
order by d.id, v.tagid;
drop table tag_data_day;
-- Runs only go with all that is of their date.
create trigger volume_day_of_run after delete on run begin
  delete from volume_day where run_id = old.id;
end;
create view tag_data_day as
select v.id, v.tagid, d.date, v.tag_count, v.tag_total_per, v.tag_dau_per, d.plan, d.check_name, d.dimension, v.accepted, d.run_id
from volume_day d join volume v on v.day_id = d.id;
create trigger tag_data_day_update instead of update on tag_data_day begin
  update volume set tagid = new.tagid, tag_count = new.tag_count, tag_total_per = new.tag_total_per, tag_dau_per = new.tag_dau_per,
    accepted = new.accepted
  where day_id = (select id from volume_day where plan = old.plan and check_name = old.check_name and date = old.date) and tagid = old.tagid;
end;
create trigger tag_data_day_delete instead of delete on tag_data_day begin
  delete from volume
  where day_id = (select id from volume_day where plan = old.plan and check_name = old.check_name and date = old.date) and tagid = old.tagid;
end;
create trigger tag_data_day_insert instead of insert on tag_data_day begin
  insert or ignore into volume_day (plan, check_name, date, dimension, run_id)
  values (new.plan, new.check_name, new.date, new.dimension, new.run_id);
  insert into volume
  select id, new.tagid, new.id, new.tag_count, new.tag_total_per, new.tag_dau_per, new.accepted
  from volume_day where plan = new.plan and check_name = new.check_name and date = new.date;
end;
