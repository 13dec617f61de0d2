-- What the warehouse's own table of tags said of each: a row where it changed, so that a day is judged again by what was known then.
-- is_listed 0: not in the table from that day on. families: two that the table named at once, so that none was taken.
-- The key holds a hash, for a tag can be longer than a key.
create table if not exists tag_entry (
  plan       varchar(191) not null,
  check_name varchar(191) not null,
  tagid      mediumtext   not null,
  tagid_hash binary(32)   not null,
  since      date         not null,
  is_listed  tinyint      not null,
  family     mediumtext,
  owner      mediumtext,
  lineage    mediumtext,
  words      mediumtext,
  families   mediumtext,
  primary key (plan, check_name, tagid_hash, since)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: what is known of tags';
