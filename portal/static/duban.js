// What a script adds to pages that work without one: the eye is led to what is wrong.
(() => {
  "use strict";
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
})();
