"""What branches talk about: invented matters with place, quantity and deadline, as a good report has them."""

from dataclasses import dataclass
from random import Random
from typing import Final

from reports.states import MoodTone, Outcome, Urgency

COMMUNE: Final = "UBND"  # the people's committee of the branch's own commune
FARMING, BUILDING = "Sở Nông nghiệp và Môi trường", "Sở Xây dựng"
HEALTH, SCHOOLS = "Sở Y tế", "Sở Giáo dục và Đào tạo"
TRADE, HOME_AFFAIRS = "Sở Công Thương", "Sở Nội vụ"
CULTURE, SCIENCE = "Sở Văn hóa và Thể thao", "Sở Khoa học và Công nghệ"


@dataclass(frozen=True)
class Matter:
    """A pressing problem, what the branch resolved, what it asks for and of whom, and the answer."""

    field: str
    problem: str
    resolved: str
    ask: str
    proposal: str
    authority: str
    answer: str
    outcome: Outcome = Outcome.SCHEDULED
    urgency: Urgency = Urgency.NORMAL


MATTERS: Final = (
    Matter("thuy-loi", "Mương tưới cấp 2 qua {place} bồi lắng {n} m, {area} ha lúa cuối nguồn thiếu nước từ đầu vụ.",
           "Huy động 2 ngày công mỗi hộ khơi dòng phần nội đồng; kiến nghị nạo vét đoạn chính.",
           "Nạo vét {n} m mương cấp 2 đoạn từ cống đầu mối đến {place}, xong trước vụ chiêm xuân.",
           "Bố trí máy đào trong kế hoạch thủy lợi nội đồng; chi bộ vận động hộ hai bên bờ dọn cây.", FARMING,
           "Đã đưa đoạn mương vào kế hoạch nạo vét trước ngày 15/01; đơn vị khai thác thủy lợi đo đạc trong tháng.",
           urgency=Urgency.SOON),
    Matter("thuy-loi", "Cống tiêu tại {place} hỏng cánh van từ trận mưa tháng 9, nước mặn rò vào {area} ha ruộng.",
           "Cử tổ trực canh cống hằng đêm khi triều lên.",
           "Thay cánh van cống tiêu tại {place} (khẩu độ 1,2 m) trước đợt triều cường tháng tới.",
           "Sở cấp cánh van, xã lo nhân công lắp.", FARMING,
           "Đã thay cánh van và nghiệm thu; bàn giao tổ thủy nông xã quản lý.", Outcome.SETTLED, Urgency.URGENT),
    Matter("giao-thong", "Đường trục {place} dài {n} m vỡ mặt bê tông, học sinh đi lại trơn trượt khi mưa.",
           "Vá tạm 12 ổ gà bằng vật liệu xóm tự lo, xong trong tuần.",
           "Sửa {n} m mặt đường trục {place}, mặt rộng 3,5 m.",
           "Nhà nước hỗ trợ xi măng, nhân dân đóng góp công và cát sỏi.", COMMUNE,
           "Xã cấp 24 tấn xi măng trong quý tới theo cơ chế nhà nước và nhân dân cùng làm."),
    Matter("giao-thong", "Ngã ba từ {place} ra đường tỉnh khuất tầm nhìn, ba tháng qua có 2 vụ va chạm.",
           "Cắt tỉa cây che khuất, giao đoàn thanh niên làm trước ngày 15.",
           "Lắp gương cầu lồi và biển báo đường giao nhau tại ngã ba {place}.",
           "Lắp trong đợt bổ sung biển báo an toàn giao thông.", BUILDING,
           "Đã khảo sát; sẽ lắp 1 gương cầu lồi, 2 biển báo cùng gói bảo trì thường xuyên."),
    Matter("moi-truong", "Bãi tập kết rác tạm tại {place} quá tải, cách khu dân cư {n} m, mùi nặng khi gió mùa.",
           "Mỗi hộ phân loại rác hữu cơ tại vườn; tăng một chuyến thu gom mỗi tuần.",
           "Chuyển điểm tập kết rác {place} ra cách khu dân cư ít nhất 500 m và thu gom ba chuyến một tuần.",
           "Xã chọn vị trí mới, hợp đồng lại với đơn vị thu gom.", COMMUNE,
           "Đã thống nhất vị trí mới; từ đầu tháng sau thu gom ba chuyến một tuần.", Outcome.SETTLED, Urgency.SOON),
    Matter("moi-truong", "Nước thải chăn nuôi của {few} hộ ở {place} chảy vào rãnh chung.",
           "Các hộ ký cam kết làm hầm biogas trước cuối quý.",
           "Hướng dẫn và hỗ trợ {few} hộ chăn nuôi ở {place} làm hầm biogas hoặc đệm lót sinh học.",
           "Mở một lớp tập huấn tại nhà văn hóa.", FARMING,
           "Trung tâm khuyến nông mở lớp tập huấn ngày 20 tháng sau tại nhà văn hóa xóm.", Outcome.EXPLAINED),
    Matter("dat-dai", "{few} hộ ở {place} chưa được cấp giấy chứng nhận sau dồn điền đổi thửa.",
           "Lập danh sách thửa, diện tích, gửi xã trước ngày 20.",
           "Đo đạc và cấp giấy chứng nhận quyền sử dụng đất cho {few} hộ sau dồn đổi tại {place}.",
           "Văn phòng đăng ký đất đai làm tập trung một đợt tại xóm.", FARMING,
           "Đã nhận danh sách; tổ chức đo đạc tập trung trong 2 tuần đầu quý tới."),
    Matter("dat-dai", "Mốc giới đất công cạnh {place} không rõ, có hộ lấn chiếm khoảng {n} m².",
           "Mời địa chính xã xác định lại mốc, không để phát sinh thêm.",
           "Cắm lại mốc giới khu đất công cạnh {place}, khoảng {n} m².",
           "Địa chính xã cùng xóm đo và cắm mốc, niêm yết sơ đồ.", COMMUNE,
           "Đã cắm 6 mốc bê tông và niêm yết sơ đồ tại nhà văn hóa.", Outcome.SETTLED),
    Matter("dien-nuoc", "Điện giờ cao điểm ở cuối tuyến {place} chỉ còn khoảng 180 V, {few} hộ không chạy được máy bơm.",
           "Vận động các hộ bơm nước lệch giờ.",
           "Nâng công suất trạm biến áp hoặc san tải tuyến hạ áp cuối {place} cho {few} hộ.",
           "Điện lực khảo sát và thông báo thời gian làm.", TRADE,
           "Điện lực đã khảo sát; san tải xong trước ngày 30 tháng sau."),
    Matter("dien-nuoc", "Nước sạch tới {place} đục vào buổi sáng, {few} hộ phản ánh từ tháng trước.",
           "Ghi nhật ký giờ nước đục trong 10 ngày.",
           "Kiểm tra chất lượng nước và súc rửa tuyến ống nhánh vào {place}.",
           "Đơn vị cấp nước lấy mẫu tại 3 hộ đầu, giữa, cuối tuyến.", FARMING,
           "Đã súc rửa tuyến ống, kết quả 3 mẫu đạt quy chuẩn.", Outcome.SETTLED, Urgency.SOON),
    Matter("y-te", "Trạm y tế không có thuốc huyết áp theo bảo hiểm từ hai tháng nay, người cao tuổi {place} phải đi xa 12 km.",
           "Lập danh sách {few} người bệnh mạn tính cần thuốc hằng tháng.",
           "Cấp lại thuốc huyết áp, tiểu đường theo bảo hiểm tại trạm y tế cho {few} người ở {place}.",
           "Phân thuốc về trạm vào tuần đầu tháng.", HEALTH,
           "Từ đầu tháng sau trạm được cấp 8 loại thuốc mạn tính theo danh mục.", Outcome.SETTLED, Urgency.SOON),
    Matter("giao-duc", "Điểm trường mầm non gần {place} có 2 phòng dột, 45 cháu học dồn một phòng khi mưa.",
           "Phụ huynh che bạt tạm; đề nghị trường kiểm tra hệ thống điện.",
           "Sửa mái 2 phòng học điểm trường mầm non {place} trước mùa mưa.",
           "Dùng nguồn sửa chữa nhỏ năm nay.", SCHOOLS,
           "Đã phê duyệt sửa mái 2 phòng bằng nguồn chi sự nghiệp, làm trong dịp nghỉ Tết."),
    Matter("chinh-sach-xa-hoi", "{few} hộ ở {place} đủ điều kiện hộ cận nghèo nhưng rà soát bị sót.",
           "Tổ rà soát họp dân công khai, lập biên bản bổ sung.",
           "Rà soát bổ sung {few} hộ cận nghèo tại {place} trong đợt cuối năm.",
           "Xã cử cán bộ phúc tra tại hộ.", COMMUNE,
           "Đã phúc tra: bổ sung 4 hộ, các hộ còn lại đã được giải thích tiêu chí.", Outcome.EXPLAINED),
    Matter("chinh-quyen-so", "Người cao tuổi ở {place} khó nộp hồ sơ trực tuyến, phải đi lại nhiều lần.",
           "Giao tổ công nghệ số cộng đồng trực tại nhà văn hóa tối thứ Năm.",
           "Bố trí cán bộ hướng dẫn nộp hồ sơ trực tuyến tại nhà văn hóa {place} mỗi tháng hai buổi.",
           "Trung tâm phục vụ hành chính công xã cử người theo lịch.", COMMUNE,
           "Lịch hướng dẫn: tối thứ Năm tuần 1 và tuần 3 hằng tháng, bắt đầu từ tháng sau.", Outcome.SETTLED),
    Matter("an-ninh-trat-tu", "Thanh niên tụ tập, chạy xe gây ồn ban đêm trên đường qua {place}.",
           "Tổ bảo vệ an ninh cơ sở tuần tra ba tối một tuần; gia đình ký cam kết.",
           "Lắp 2 camera an ninh ở hai đầu đường {place}.",
           "Nhân dân góp 50 % kinh phí, công an xã hướng dẫn kỹ thuật.", COMMUNE,
           "Công an xã đã khảo sát vị trí, lắp xong trong tháng sau."),
    Matter("viec-lam", "{few} lao động trên 40 tuổi ở {place} mất việc khi xưởng may thu hẹp.",
           "Lập danh sách nghề mong muốn, giới thiệu với hội phụ nữ xã.",
           "Mở lớp nghề ngắn hạn hoặc giới thiệu việc làm cho {few} lao động trên 40 tuổi ở {place}.",
           "Kết nối sàn giao dịch việc làm của tỉnh.", HOME_AFFAIRS,
           "Trung tâm dịch vụ việc làm tư vấn lưu động tại xã ngày 18 tháng sau."),
    Matter("van-hoa-the-thao", "Nhà văn hóa {place} xây năm 2004, mái tôn thủng, chỉ ngồi được 60 người.",
           "Vận động con em xa quê ủng hộ; trước mắt thay 6 tấm tôn.",
           "Hỗ trợ sửa mái và thêm 40 ghế cho nhà văn hóa {place}.",
           "Xã hỗ trợ một nửa, nhân dân lo phần còn lại.", CULTURE,
           "Đã đưa vào danh mục hỗ trợ thiết chế văn hóa cơ sở đợt tới."),
    Matter("nong-nghiep", "Chuột phá {area} ha lúa ở {place}, bả tự mua không hiệu quả.",
           "Ra quân diệt chuột đồng loạt vào hai ngày cuối tuần.",
           "Hỗ trợ thuốc diệt chuột sinh học cho {area} ha tại {place} và hướng dẫn làm đồng loạt.",
           "Trạm bảo vệ thực vật phát thuốc, xã chỉ đạo ra quân cùng ngày.", FARMING,
           "Đã cấp thuốc cho hợp tác xã, lịch ra quân thống nhất toàn xã.", Outcome.SETTLED, Urgency.SOON),
)  # fmt: skip

MOODS: Final = (
    ("chinh-sach-xa-hoi", MoodTone.CALM, "Nhân dân đồng tình với việc chi trả trợ cấp qua tài khoản, đúng ngày."),
    ("giao-thong", MoodTone.CONCERNED, "Mong sớm có kế hoạch sửa đường trục trước Tết để đi lại thuận tiện."),
    ("thuy-loi", MoodTone.PRESSING, "Lo thiếu nước đổ ải nếu mương chính không được nạo vét kịp."),
    ("chinh-quyen-so", MoodTone.CONCERNED, "Người cao tuổi băn khoăn về việc nộp hồ sơ trực tuyến sau sắp xếp xã."),
    ("dat-dai", MoodTone.CONCERNED, "Mong cấp xong giấy chứng nhận sau dồn điền đổi thửa."),
    ("xay-dung-dang", MoodTone.CALM, "Phấn khởi khi cán bộ tỉnh về dự, giải thích trực tiếp tại buổi sinh hoạt."),
    ("moi-truong", MoodTone.PRESSING, "Bức xúc về mùi ở điểm tập kết rác khi gió mùa."),
    ("nong-nghiep", MoodTone.CALM, "Yên tâm vì giá lúa ổn định, hợp tác xã bao tiêu một phần."),
    ("y-te", MoodTone.CONCERNED, "Mong trạm y tế có đủ thuốc bảo hiểm cho người bệnh mạn tính."),
)  # fmt: skip

NEWS: Final = (
    "Kết quả phát triển kinh tế - xã hội của tỉnh; tiến độ giải ngân đầu tư công; lịch tiếp công dân của xã.",
    "Chủ trương sắp xếp thiết chế văn hóa sau hợp nhất; kế hoạch phòng chống rét cho cây trồng, vật nuôi.",
    "Kết luận của Tỉnh ủy về nâng cao chất lượng sinh hoạt chi bộ; kế hoạch đại hội các đoàn thể.",
    "Kế hoạch sản xuất vụ đông, vụ chiêm xuân; chính sách hỗ trợ giống; lịch tiêm phòng gia súc.",
)
RESULTS: Final = (
    "Hoàn thành thu quỹ đền ơn đáp nghĩa 100 %; làm vệ sinh đường xóm 2 buổi; kết nạp 1 đảng viên.",
    "Vận động 18 hộ hiến đất mở rộng đường; 4 trên 5 việc kỳ trước đã xong, còn 1 việc chờ xã.",
    "Gieo cấy đạt kế hoạch; hòa giải thành 2 vụ việc; tổ công nghệ số hỗ trợ 35 lượt người dân.",
    "Thu hoạch xong vụ mùa; trồng 12 ha cây vụ đông; không có vụ việc mất trật tự.",
)
EXPLAINED: Final = (
    "Trình tự, thời hạn cấp giấy chứng nhận sau dồn điền đổi thửa.",
    "Mức hỗ trợ xi măng theo cơ chế nhà nước và nhân dân cùng làm.",
    "Tiêu chí hộ cận nghèo giai đoạn hiện nay và cách phúc tra.",
    "Việc phân cấp quản lý thủy lợi nội đồng sau khi không còn cấp huyện.",
)
SUGGESTED: Final = (
    "Gợi ý chi bộ chọn một việc bức thiết mỗi tháng, giao người, giao ngày và kiểm lại kỳ sau.",
    "Hướng dẫn ghi nghị quyết ngắn, rõ việc, rõ người, rõ thời hạn.",
    "Gửi tài liệu qua nhóm chung của chi bộ trước một ngày để đảng viên đọc trước.",
)
GOOD: Final = (
    "Chi ủy gửi tài liệu trước hai ngày qua nhóm chung, đảng viên đến họp đã đọc.",
    "Mỗi đảng viên phụ trách 6 hộ, báo cáo việc trong 2 phút.",
    "Việc kỳ trước được chiếu lên màn hình và kiểm từng dòng.",
    "",
)
REMARKS: Final = (
    ("pressing_resolution", "Ghi rõ ai làm và xong khi nào."),
    ("results", "Nêu rõ việc kỳ trước đã xong mấy việc, còn mấy việc."),
    ("conveyed", "Ghi ngắn gọn nội dung đã truyền đạt, không chép cả tài liệu."),
)


def worded(text: str, place: str, dice: Random) -> str:
    """The sentence with the branch's place and invented quantities."""
    return text.format(
        place=place, n=dice.randrange(12, 80) * 10, area=dice.randrange(3, 18),
        few=dice.randrange(5, 28), tons=dice.randrange(12, 40),
    )  # fmt: skip
