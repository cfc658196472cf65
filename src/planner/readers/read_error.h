#pragma once
#include <string>

#include "planner/problem.h"

namespace emplettes::planner {

// What is wrong with a file: where ("line 12", "orders[3].delivery.windows[0]") and why.
using ReadError = ProblemFault;

template <typename T>
using Read = Result<T, ReadError>;

}  // namespace emplettes::planner
