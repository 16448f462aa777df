// What went wrong with an htmx request becomes a banner that says what to do next. The page itself stays.
const box = document.getElementById("thong-bao");

function say(sentence) {
  const banner = document.createElement("p");
  banner.className = "banner late";
  banner.setAttribute("role", "alert");
  banner.textContent = sentence;
  box?.replaceChildren(banner);
}

document.addEventListener("htmx:sendError", () => say("Chưa kết nối được máy chủ. Xem lại mạng rồi thử lại; nội dung trên trang vẫn còn."));
document.addEventListener("htmx:timeout", () => say("Máy chủ trả lời chậm. Chờ một lát rồi thử lại."));
document.addEventListener("htmx:responseError", ({ detail }) => {
  const { status } = detail.xhr;
  if (status === 409 || status === 422) return; // the answer itself is the banner
  if (status === 403) return say("Phiên làm việc đã hết hoặc đồng chí không có quyền làm việc này. Tải lại trang rồi thử lại.");
  if (status === 404) return say("Không còn nội dung này trong phạm vi của đồng chí. Tải lại trang để xem tình hình mới.");
  say("Máy chủ chưa làm được việc này và đã ghi lại sự cố. Thử lại sau ít phút.");
});
