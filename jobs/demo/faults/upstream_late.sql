-- The upstream is late: the user job of the warehouse has not finished, so its log row is missing and order_fact has no _SUCCESS.
-- In real life: a queue full of somebody's backfill, a source database that answered two hours late. Nothing is wrong yet, it is only not there.
-- The program also deletes dw.db/order_fact/data_date={date:yyyyMMdd}/_SUCCESS.
ATTACH '{service}' AS service;

DELETE FROM service.t_sys_log WHERE task_name = 'job_dw_user_{date:yyyyMMdd}';

DETACH service;
