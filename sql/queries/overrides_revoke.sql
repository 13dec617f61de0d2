-- Takes back every override of a gate that is in force.
update override set revoked_at = @at, revoked_by = @by
where plan = @plan and date = @date and stage = @stage and revoked_at is null and until > @at
