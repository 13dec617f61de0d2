-- The shop's order lines as the warehouse knows them, and the business dates to build.
-- Source: UCI Online Retail, CC BY 4.0. Lines without a customer stay here: order_fact counts them, the tags do not.
-- Money is exact (DECIMAL), so a sum does not depend on the order of adding and every build cuts the same buckets.
CREATE OR REPLACE TEMP TABLE business_date AS
SELECT unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY))::DATE AS data_date;

CREATE OR REPLACE TEMP TABLE order_line AS
SELECT InvoiceNo                        AS order_id,
       StockCode                        AS product,
       upper(trim(Description))         AS description,
       Quantity                         AS quantity,
       UnitPrice                        AS price,
       (Quantity * UnitPrice)::DECIMAL(18, 2) AS amount,
       InvoiceDate::TIMESTAMP           AS order_time,
       InvoiceDate::DATE                AS day,
       CustomerID::INTEGER::VARCHAR     AS userid,
       Country                          AS country,
       InvoiceNo LIKE 'C%'              AS is_return
FROM read_parquet('{orders}');
