-- Which scripts were applied. The first table that is made; a script is noted when all of it is done.
create table if not exists schema_version (
  script     varchar(191) not null primary key,
  sha256     varchar(64)  not null,
  applied_at datetime(3)  not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin comment = 'TagGuard: scripts that were applied'
