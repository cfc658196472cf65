#pragma once
#include "site/counter.h"
#include "site/visit.h"

namespace emplettes::site {

// /counter/{shop}/scan: a code is read by the camera or typed, and what is done to the shelf
// follows from the mode that is chosen. Without script each step is a page.
web::Response scan_page(Visit& visit);
web::Response submit_scan(Visit& visit);
web::Response undo_scan(Visit& visit);
// The script that keeps the page when the network is away; allowed for this page alone.
web::Response scan_worker(Visit& visit);

}  // namespace emplettes::site
