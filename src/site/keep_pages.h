#pragma once
// The pages on which a neighbour has something kept, for the table of routes.
#include "site/basket_page.h"
#include "site/reserve_page.h"
#include "site/round_page.h"
#include "site/slip_page.h"
