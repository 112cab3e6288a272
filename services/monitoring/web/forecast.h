/*
 * Forecast: makes the tables of cost control from what is kept.
 */
#pragma once

#include "monitoring/web/tables.h"

TableMaker load_budgets;
TableMaker load_forecast;
TableMaker load_forecast_errors;
TableMaker load_run_off;
TableMaker load_run_off_factors;
TableMaker load_drivers;
