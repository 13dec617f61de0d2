-- Notes that a script was applied.
insert into schema_version (script, sha256, applied_at) values (@script, @sha256, @now)
