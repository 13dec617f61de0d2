-- Where tag scripts write: `tag` is the dictionary (low <= figure < below), `user_tag` one row per date, user and tag.
-- weight: a number for statistic tags, an empty string for classification tags.
CREATE OR REPLACE TEMP TABLE tag (tagid VARCHAR, name VARCHAR, low DOUBLE, below DOUBLE, word VARCHAR);
CREATE OR REPLACE TEMP TABLE user_tag (data_date DATE, userid VARCHAR, tagid VARCHAR, weight VARCHAR);
