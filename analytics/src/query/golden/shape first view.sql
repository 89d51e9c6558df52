SELECT min(start) AS start FROM views WHERE property = {property:String} HAVING count() > 0
SETTINGS max_execution_time = 10, timeout_overflow_mode = 'throw', max_result_rows = 200000, max_result_bytes = 67108864, result_overflow_mode = 'throw', max_rows_to_read = 200000000, read_overflow_mode = 'throw', max_memory_usage = 1073741824
