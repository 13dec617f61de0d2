-- Takes back the overrides of a stage, those that ran out as well: a clock that is set back must not bring them back.
update override set revoked_at = @at, revoked_by = @by where plan = @plan and date = @date and stage = @stage and revoked_at is null
