-- Which scripts were applied, with the hash of their text then?
select script, sha256 from schema_version order by script
