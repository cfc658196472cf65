#pragma once
// Everything that answers programs, for the table of routes.
#include "site/geo_api.h"
#include "site/outgoing_files.h"
#include "site/reservation_api.h"
#include "site/round_api.h"
#include "site/scan_api.h"
#include "site/search_api.h"
#include "site/status_api.h"
