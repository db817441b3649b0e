// What a script adds to pages that work without one: the eye is led to what is wrong,
// and an opened part of the menu closes by Escape or when the person goes elsewhere.
(() => {
  "use strict";
  const faults = document.getElementById("faults");
  if (faults) faults.focus();

  const opened = () => document.querySelector("details[name=menu][open]");
  document.addEventListener("keydown", (event) => {
    const menu = opened();
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  const leave = (event) => {
    const menu = opened();
    if (menu && !menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
})();
