-- What was found and why, as a name with its numbers (JSON): the texts beside it are its English. Empty where an older program saved it.
alter table verdict
  add column phrase mediumtext;
alter table incident
  add column phrases mediumtext;
alter table run_stage
  add column phrase mediumtext;
