<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>Tr</name>
    <message>
        <source>Flow control</source>
        <translation>흐름 제어</translation>
    </message>
    <message>
        <source>Scripts</source>
        <translation>스크립트</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Network and cloud</source>
        <translation>네트워크와 클라우드</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Core</source>
        <translation>기본</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>자동 완성</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>대소문자 구분</translation>
    </message>
    <message>
        <source>Whole word</source>
        <translation>단어 단위</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>정규식</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>이전 결과</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>다음 결과</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Find in this file</source>
        <translation>이 파일에서 찾기</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>바꿀 내용</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>모두 바꾸기</translation>
    </message>
    <message>
        <source>Not a pattern</source>
        <translation>올바른 패턴이 아닙니다</translation>
    </message>
    <message>
        <source>No hits</source>
        <translation>결과 없음</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>결과 1개</translation>
    </message>
    <message>
        <source>%1 hits</source>
        <translation>결과 %1개</translation>
    </message>
    <message>
        <source>Replace by %1</source>
        <translation>%1(으)로 바꾸기</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 추가</translation>
    </message>
    <message>
        <source>Add the id %1</source>
        <translation>아이디 %1 추가</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>이름을 %1(으)로 변경</translation>
    </message>
    <message>
        <source>Take %1 away</source>
        <translation>%1 제거</translation>
    </message>
    <message>
        <source>Put it in quotes</source>
        <translation>따옴표로 묶기</translation>
    </message>
    <message>
        <source>Use brackets</source>
        <translation>대괄호 사용</translation>
    </message>
    <message>
        <source>Write %1 out here</source>
        <translation>%1의 내용을 여기에 쓰기</translation>
    </message>
    <message>
        <source>%1 is taken already</source>
        <translation>%1은(는) 이미 쓰이고 있습니다</translation>
    </message>
    <message>
        <source>An id has letters, digits, - and _, and begins with a letter or digit</source>
        <translation>아이디는 글자나 숫자로 시작하고 글자, 숫자, -, _만 씁니다</translation>
    </message>
    <message>
        <source>This can&apos;t be renamed here</source>
        <translation>여기서는 이름을 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>Usages of %1</source>
        <translation>%1의 사용처</translation>
    </message>
    <message>
        <source>No usages here</source>
        <translation>여기에는 사용처가 없습니다</translation>
    </message>
    <message>
        <source>Quick fixes</source>
        <translation>빠른 수정</translation>
    </message>
    <message>
        <source>No fix on this line</source>
        <translation>이 줄에는 수정할 것이 없습니다</translation>
    </message>
    <message>
        <source>New name of %1</source>
        <translation>%1의 새 이름</translation>
    </message>
    <message>
        <source>Ctrl+. offers the fix</source>
        <translation>Ctrl+.를 누르면 수정안이 나옵니다</translation>
    </message>
    <message>
        <source>Flow text</source>
        <translation>플로 텍스트</translation>
    </message>
    <message>
        <source>1 branch</source>
        <translation>분기 1개</translation>
    </message>
    <message>
        <source>%1 branches</source>
        <translation>분기 %1개</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>작업 1개</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>작업 %1개</translation>
    </message>
    <message>
        <source>%1 of %2 in %3</source>
        <translation>%3의 %2개 중 %1번째</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>1 problem.</source>
        <translation>문제 1개.</translation>
    </message>
    <message>
        <source>%1 problems.</source>
        <translation>문제 %1개.</translation>
    </message>
    <message>
        <source>Breakpoint.</source>
        <translation>중단점.</translation>
    </message>
    <message>
        <source>Disabled.</source>
        <translation>사용 안 함.</translation>
    </message>
    <message>
        <source>Add a task in %1</source>
        <translation>%1에 작업 추가</translation>
    </message>
    <message>
        <source>Add a task in %1, %2</source>
        <translation>%1, %2에 작업 추가</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>%1에서 %2(으)로</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>메모: %1</translation>
    </message>
    <message>
        <source>Last output: %1</source>
        <translation>마지막 출력: %1</translation>
    </message>
    <message>
        <source>a task cannot wait for itself</source>
        <translation>작업은 자기 자신을 기다릴 수 없습니다</translation>
    </message>
    <message>
        <source>only tasks of one Dag can be joined</source>
        <translation>같은 Dag 안의 작업만 이을 수 있습니다</translation>
    </message>
    <message>
        <source>%1 already waits for %2</source>
        <translation>%1은(는) 이미 %2을(를) 기다립니다</translation>
    </message>
    <message>
        <source>would make a circle through %1</source>
        <translation>%1을(를) 지나 순환이 생깁니다</translation>
    </message>
    <message>
        <source>Id of %1</source>
        <translation>%1의 아이디</translation>
    </message>
    <message>
        <source>Note of %1</source>
        <translation>%1의 메모</translation>
    </message>
    <message>
        <source>Open in the inspector</source>
        <translation>속성 패널에서 열기</translation>
    </message>
    <message>
        <source>Add a task after</source>
        <translation>뒤에 작업 추가</translation>
    </message>
    <message>
        <source>Add a task before</source>
        <translation>앞에 작업 추가</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 변경</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>메모 편집</translation>
    </message>
    <message>
        <source>Copy as YAML</source>
        <translation>YAML로 복사</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>잘라내기</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>복제</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source>Toggle breakpoint</source>
        <translation>중단점 켜기·끄기</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>펼치기</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>접기</translation>
    </message>
    <message>
        <source>Open the subflow</source>
        <translation>서브플로 열기</translation>
    </message>
    <message>
        <source>Fit the flow</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Keys of the canvas</source>
        <translation>캔버스 단축키</translation>
    </message>
    <message>
        <source>Add a task between %1 and %2</source>
        <translation>%1와(과) %2 사이에 작업 추가</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>작업 추가</translation>
    </message>
    <message>
        <source>From pluginDefaults:</source>
        <translation>pluginDefaults에서 온 값:</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>%1행</translation>
    </message>
    <message>
        <source>%1 attempts</source>
        <translation>%1회 시도</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>시작되지 않음</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>그래프</translation>
    </message>
    <message>
        <source>Graph of %1, 1 task</source>
        <translation>%1 그래프, 작업 1개</translation>
    </message>
    <message>
        <source>Graph of %1, %2 tasks</source>
        <translation>%1 그래프, 작업 %2개</translation>
    </message>
    <message>
        <source>The text cannot be read</source>
        <translation>텍스트를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1행: %2</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>재시도</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>제한 시간</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>캐시</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>May fail</source>
        <translation>실패 허용</translation>
    </message>
    <message>
        <source>%1 at a time</source>
        <translation>한 번에 %1개</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>항목 1개</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>항목 %1개</translation>
    </message>
    <message>
        <source>no id</source>
        <translation>아이디 없음</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>%1행</translation>
    </message>
    <message>
        <source>no type</source>
        <translation>유형 없음</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>트리거</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류 처리</translation>
    </message>
    <message>
        <source>Finally</source>
        <translation>마무리</translation>
    </message>
    <message>
        <source>After execution</source>
        <translation>실행 후</translation>
    </message>
    <message>
        <source>Arrows, h j k l</source>
        <translation>화살표, h j k l</translation>
    </message>
    <message>
        <source>Walk by place</source>
        <translation>위치에 따라 이동</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Shift+Tab</translation>
    </message>
    <message>
        <source>Walk in file order</source>
        <translation>파일 순서로 이동</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Open in the inspector; on a broken task: go to its line</source>
        <translation>속성 패널에서 열기, 읽을 수 없는 작업이면 그 줄로 이동</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Up to the container, or cancel</source>
        <translation>상위 컨테이너로, 또는 취소</translation>
    </message>
    <message>
        <source>a, Shift+a</source>
        <translation>a, Shift+a</translation>
    </message>
    <message>
        <source>Add a task after, before</source>
        <translation>뒤에, 앞에 작업 추가</translation>
    </message>
    <message>
        <source>/</source>
        <translation>/</translation>
    </message>
    <message>
        <source>Quick insert</source>
        <translation>빠른 삽입</translation>
    </message>
    <message>
        <source>d</source>
        <translation>d</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>Disable or enable</source>
        <translation>사용 안 함·사용</translation>
    </message>
    <message>
        <source>F2, n</source>
        <translation>F2, n</translation>
    </message>
    <message>
        <source>Rename, edit the note</source>
        <translation>이름 변경, 메모 편집</translation>
    </message>
    <message>
        <source>e</source>
        <translation>e</translation>
    </message>
    <message>
        <source>Ctrl+C, Ctrl+X, Ctrl+V</source>
        <translation>Ctrl+C, Ctrl+X, Ctrl+V</translation>
    </message>
    <message>
        <source>Copy, cut, paste as YAML</source>
        <translation>YAML로 복사, 잘라내기, 붙여넣기</translation>
    </message>
    <message>
        <source>Shift+arrows, Ctrl+A</source>
        <translation>Shift+화살표, Ctrl+A</translation>
    </message>
    <message>
        <source>Select several, all</source>
        <translation>여러 개 선택, 모두 선택</translation>
    </message>
    <message>
        <source>F9, F12</source>
        <translation>F9, F12</translation>
    </message>
    <message>
        <source>Breakpoint, open a subflow</source>
        <translation>중단점, 서브플로 열기</translation>
    </message>
    <message>
        <source>F, 0, +, -</source>
        <translation>F, 0, +, -</translation>
    </message>
    <message>
        <source>Fit, 100 %, zoom in, zoom out</source>
        <translation>전체 보기, 100 %, 확대, 축소</translation>
    </message>
    <message>
        <source>Space and drag, middle button</source>
        <translation>Space와 끌기, 가운데 단추</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>화면 이동</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>미니맵</translation>
    </message>
    <message>
        <source>%1 (before the change)</source>
        <translation>%1 (변경 전)</translation>
    </message>
    <message>
        <source>not run here: mock</source>
        <translation>여기서 실행 안 함: 모의 출력</translation>
    </message>
    <message>
        <source>not run here</source>
        <translation>여기서 실행 안 함</translation>
    </message>
    <message>
        <source>Find a task type</source>
        <translation>작업 유형 찾기</translation>
    </message>
    <message>
        <source>Task types</source>
        <translation>작업 유형</translation>
    </message>
    <message>
        <source>Drop a task, or press A</source>
        <translation>작업을 놓거나 A 누르기</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새 파일</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>삭제됨</translation>
    </message>
    <message>
        <source>in conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>변경됨</translation>
    </message>
    <message>
        <source>Flow files</source>
        <translation>플로 파일</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>다른 파일</translation>
    </message>
    <message>
        <source>Commits not pushed</source>
        <translation>푸시하지 않은 커밋</translation>
    </message>
    <message>
        <source>Choose or create a branch</source>
        <translation>브랜치를 고르거나 만듭니다</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Ask the remote what is new</source>
        <translation>원격에 새것이 있는지 묻습니다</translation>
    </message>
    <message>
        <source>Message for the next commit</source>
        <translation>다음 커밋 메시지</translation>
    </message>
    <message>
        <source>Commit message</source>
        <translation>커밋 메시지</translation>
    </message>
    <message>
        <source>Changed files</source>
        <translation>변경된 파일</translation>
    </message>
    <message>
        <source>Nothing changed since the last commit</source>
        <translation>마지막 커밋 뒤로 바뀐 것이 없습니다</translation>
    </message>
    <message>
        <source>This folder is not a repository</source>
        <translation>이 폴더는 저장소가 아닙니다</translation>
    </message>
    <message>
        <source>Create repository</source>
        <translation>저장소 만들기</translation>
    </message>
    <message>
        <source>no branch</source>
        <translation>브랜치 없음</translation>
    </message>
    <message>
        <source>Branch %1</source>
        <translation>브랜치 %1</translation>
    </message>
    <message>
        <source>This repository has no remote</source>
        <translation>이 저장소에는 원격이 없습니다</translation>
    </message>
    <message>
        <source>a new branch</source>
        <translation>새 브랜치</translation>
    </message>
    <message>
        <source>Push to %1</source>
        <translation>%1에 푸시</translation>
    </message>
    <message>
        <source>Commit and push to %1</source>
        <translation>커밋하고 %1에 푸시</translation>
    </message>
    <message>
        <source>A push is under way</source>
        <translation>푸시하고 있습니다</translation>
    </message>
    <message>
        <source>Tick a file to commit</source>
        <translation>커밋할 파일을 고르십시오</translation>
    </message>
    <message>
        <source>Write a message first</source>
        <translation>먼저 메시지를 쓰십시오</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message numerus="yes">
        <source>First line: %n characters</source>
        <translation>
            <numerusform>첫 줄: %n자</numerusform>
        </translation>
    </message>
    <message>
        <source>New branch…</source>
        <translation>새 브랜치…</translation>
    </message>
    <message>
        <source>New branch</source>
        <translation>새 브랜치</translation>
    </message>
    <message>
        <source>Name of the branch, made at the last commit</source>
        <translation>마지막 커밋에서 만들 브랜치 이름</translation>
    </message>
    <message>
        <source>Changes of the file, side by side</source>
        <translation>파일의 변경, 나란히</translation>
    </message>
    <message>
        <source>%1: %2 lines added, %3 removed</source>
        <translation>%1: %2줄 추가, %3줄 삭제</translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged lines</source>
        <translation>
            <numerusform>바뀌지 않은 %n줄</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not text, so its changes can&apos;t be shown.</source>
        <translation>%1은(는) 텍스트가 아니어서 변경을 보여 줄 수 없습니다.</translation>
    </message>
    <message>
        <source>Choose a changed file to see what changed</source>
        <translation>바뀐 파일을 고르면 무엇이 바뀌었는지 보입니다</translation>
    </message>
    <message>
        <source>%1 is as in the last commit</source>
        <translation>%1은(는) 마지막 커밋과 같습니다</translation>
    </message>
    <message>
        <source>Last commit</source>
        <translation>마지막 커밋</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>디스크</translation>
    </message>
    <message>
        <source>Left out: you said it is no secret</source>
        <translation>제외됨: 비밀이 아니라고 표시함</translation>
    </message>
    <message numerus="yes">
        <source>No secret in %n files</source>
        <translation>
            <numerusform>파일 %n개에 비밀 없음</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new to commit</source>
        <translation>커밋할 새 변경이 없습니다</translation>
    </message>
    <message>
        <source>The remote branch did not move</source>
        <translation>원격 브랜치는 그대로입니다</translation>
    </message>
    <message>
        <source>%1/%2 shows %3</source>
        <translation>%1/%2이(가) %3을(를) 보여 줍니다</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Validate</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Scan for secrets</source>
        <translation>비밀 검사</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>커밋</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>푸시</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>도달하지 않음</translation>
    </message>
    <message>
        <source>running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Commit and push to see each step here</source>
        <translation>커밋하고 푸시하면 각 단계가 여기에 보입니다</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>푸시됨</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>푸시 안 됨</translation>
    </message>
    <message>
        <source>Pushing</source>
        <translation>푸시 중</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Push to a new branch</source>
        <translation>새 브랜치로 푸시</translation>
    </message>
    <message>
        <source>Not a secret: push it</source>
        <translation>비밀 아님: 푸시</translation>
    </message>
    <message>
        <source>Set name and address</source>
        <translation>이름과 주소 설정</translation>
    </message>
    <message>
        <source>Set the remote&apos;s address</source>
        <translation>원격 주소 설정</translation>
    </message>
    <message>
        <source>Pass phrase of the ssh key</source>
        <translation>ssh 키 암호</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>사용자 이름</translation>
    </message>
    <message>
        <source>Pass phrase</source>
        <translation>암호 구문</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>암호 또는 토큰</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Who commits?</source>
        <translation>누가 커밋합니까?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Mail address</source>
        <translation>메일 주소</translation>
    </message>
    <message>
        <source>Set for this repository</source>
        <translation>이 저장소에 설정</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>원격</translation>
    </message>
    <message>
        <source>Address of the repository to push to</source>
        <translation>푸시할 저장소 주소</translation>
    </message>
    <message>
        <source>Name of the branch to push</source>
        <translation>푸시할 브랜치 이름</translation>
    </message>
    <message>
        <source>About Leat</source>
        <translation>Leat 정보</translation>
    </message>
    <message>
        <source>Version %1, Qt %2</source>
        <translation>버전 %1, Qt %2</translation>
    </message>
    <message>
        <source>A desktop IDE for declarative workflows: write a flow, run it here, push it when it is right.</source>
        <translation>선언형 워크플로를 위한 데스크톱 IDE: 플로를 쓰고, 여기서 실행하고, 맞으면 푸시합니다.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>GNU General Public License 버전 3 이상을 따르는 자유 소프트웨어입니다. 어떤 보증도 없습니다.</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>버전 복사</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Jump to task</source>
        <translation>작업으로 이동</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Values of the last run</source>
        <translation>최근 실행의 값</translation>
    </message>
    <message>
        <source>Data links</source>
        <translation>데이터 연결</translation>
    </message>
    <message>
        <source>Take the run off the graph</source>
        <translation>그래프에서 실행 치우기</translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation>모두 접기</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>100 %로 보기</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Fit the graph</source>
        <translation>그래프 전체 보기</translation>
    </message>
    <message>
        <source>Search tasks, files and commands</source>
        <translation>작업, 파일, 명령 검색</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>명령 팔레트</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation>%1행으로 이동</translation>
    </message>
    <message>
        <source>The alias is read as the text &apos;%1&apos;: anchors are not expanded</source>
        <translation>별칭은 &apos;%1&apos;이라는 글자로 읽힙니다. 앵커는 펼쳐지지 않습니다</translation>
    </message>
    <message>
        <source>Task &apos;%1&apos; has assets, which only the enterprise edition knows</source>
        <translation>작업 &apos;%1&apos;에 assets가 있는데, 기업용 판에만 있습니다</translation>
    </message>
    <message>
        <source>A key must be plain text</source>
        <translation>키는 단순한 글자여야 합니다</translation>
    </message>
    <message>
        <source>A webhook can&apos;t have the condition %1</source>
        <translation>웹훅에는 조건 %1을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The tasks wait for each other: %1</source>
        <translation>작업이 서로를 기다립니다: %1</translation>
    </message>
    <message>
        <source>Input &apos;%1&apos; depends on a circle of inputs: %2</source>
        <translation>입력 &apos;%1&apos;이(가) 순환하는 입력에 의존합니다: %2</translation>
    </message>
    <message>
        <source>Write %1[&apos;%2&apos;]: a name with dashes needs brackets</source>
        <translation>%1[&apos;%2&apos;](으)로 쓰십시오. -가 든 이름에는 대괄호가 필요합니다</translation>
    </message>
    <message>
        <source>An input has a default or a prefill, not both</source>
        <translation>입력에는 defaults와 prefill 가운데 하나만 둡니다</translation>
    </message>
    <message>
        <source>An input with a default is always given: it can&apos;t be optional</source>
        <translation>기본값이 있는 입력은 늘 값이 있으므로 선택 입력이 될 수 없습니다</translation>
    </message>
    <message>
        <source>Property &apos;%1&apos; is deprecated</source>
        <translation>속성 &apos;%1&apos;은(는) 더는 권장하지 않습니다</translation>
    </message>
    <message>
        <source>%1 is deprecated</source>
        <translation>%1은(는) 더는 권장하지 않습니다</translation>
    </message>
    <message>
        <source>Another input is called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 입력이 또 있습니다</translation>
    </message>
    <message>
        <source>The key &apos;%1&apos; is written twice</source>
        <translation>키 &apos;%1&apos;이(가) 두 번 쓰였습니다</translation>
    </message>
    <message>
        <source>Another output is called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 출력이 또 있습니다</translation>
    </message>
    <message>
        <source>Another task is called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 작업이 또 있습니다</translation>
    </message>
    <message>
        <source>Another trigger is called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 트리거가 또 있습니다</translation>
    </message>
    <message>
        <source>A Dag needs at least one task</source>
        <translation>Dag에는 작업이 하나 이상 필요합니다</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>파일이 비어 있습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must not be empty</source>
        <translation>&apos;%1&apos;은(는) 비울 수 없습니다</translation>
    </message>
    <message>
        <source>The default of a FILE input must not need variables</source>
        <translation>FILE 입력의 기본값에는 변수를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>A filter of type %1 needs &apos;%2&apos; and nothing else</source>
        <translation>%1 유형의 필터에는 &apos;%2&apos;만 필요합니다</translation>
    </message>
    <message>
        <source>No catalog here knows %1: its properties are not checked</source>
        <translation>여기 목록에 %1이(가) 없어 속성을 검사하지 않습니다</translation>
    </message>
    <message>
        <source>A FORM can&apos;t hold another FORM</source>
        <translation>FORM 안에 FORM을 둘 수 없습니다</translation>
    </message>
    <message>
        <source>A FORM groups inputs and can&apos;t have &apos;%1&apos; itself</source>
        <translation>FORM은 입력을 묶을 뿐 &apos;%1&apos;을(를) 가질 수 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no cron expression: %2</source>
        <translation>&apos;%1&apos;은(는) cron 식이 아닙니다: %2</translation>
    </message>
    <message>
        <source>Items can&apos;t be of type %1</source>
        <translation>항목은 %1 유형일 수 없습니다</translation>
    </message>
    <message>
        <source>A label needs a key and a single text as its value</source>
        <translation>라벨에는 키와 글자 값 하나가 필요합니다</translation>
    </message>
    <message>
        <source>&apos;%2&apos; is no regular expression</source>
        <translation>&apos;%2&apos;은(는) 정규식이 아닙니다</translation>
    </message>
    <message>
        <source>&apos;%2&apos; is not allowed for &apos;%1&apos;: it must match %3</source>
        <translation>&apos;%2&apos;은(는) &apos;%1&apos;에 쓸 수 없습니다. %3에 맞아야 합니다</translation>
    </message>
    <message>
        <source>A number can&apos;t have more than %1 digits</source>
        <translation>숫자는 %1자리를 넘을 수 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number the language can read; quote it if it is text</source>
        <translation>&apos;%1&apos;은(는) 읽을 수 있는 숫자가 아닙니다. 글자라면 따옴표로 묶으십시오</translation>
    </message>
    <message>
        <source>An entry of &apos;%1&apos; is empty</source>
        <translation>&apos;%1&apos;의 항목 하나가 비어 있습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is required</source>
        <translation>&apos;%1&apos;이(가) 필요합니다</translation>
    </message>
    <message>
        <source>A &apos;type&apos; is required here</source>
        <translation>여기에는 &apos;type&apos;이 필요합니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; can&apos;t be given here</source>
        <translation>&apos;%1&apos;은(는) 여기에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Input &apos;%1&apos; can&apos;t stand below &apos;%2&apos;, which is an input itself</source>
        <translation>입력 &apos;%1&apos;은(는) 그 자체가 입력인 &apos;%2&apos; 아래에 둘 수 없습니다</translation>
    </message>
    <message>
        <source>A Switch needs a task in its cases or defaults</source>
        <translation>Switch의 cases나 defaults에 작업이 필요합니다</translation>
    </message>
    <message>
        <source>A flow is a map of keys and values</source>
        <translation>플로는 키와 값의 매핑입니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must be less than &apos;%2&apos;</source>
        <translation>&apos;%1&apos;은(는) &apos;%2&apos;보다 작아야 합니다</translation>
    </message>
    <message>
        <source>%1 can&apos;t run inside a WorkingDirectory</source>
        <translation>%1은(는) WorkingDirectory 안에서 실행할 수 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; can&apos;t be given: nothing can be made from it</source>
        <translation>&apos;%1&apos;은(는) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no effect on task &apos;%2&apos;, which does no work itself</source>
        <translation>스스로 일하지 않는 작업 &apos;%2&apos;에는 &apos;%1&apos;이(가) 효과가 없습니다</translation>
    </message>
    <message>
        <source>The flow %1.%2 calls itself</source>
        <translation>플로 %1.%2이(가) 자기 자신을 부릅니다</translation>
    </message>
    <message>
        <source>%1 is now called %2</source>
        <translation>%1의 새 이름은 %2입니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a reserved word and can&apos;t be the id of a flow</source>
        <translation>&apos;%1&apos;은(는) 예약된 낱말이어서 플로의 아이디가 될 수 없습니다</translation>
    </message>
    <message>
        <source>The label &apos;%2&apos; can only be set by the engine</source>
        <translation>라벨 &apos;%2&apos;은(는) 엔진만 설정할 수 있습니다</translation>
    </message>
    <message>
        <source>This template fails when it is rendered: %1</source>
        <translation>이 템플릿은 렌더링할 때 실패합니다: %1</translation>
    </message>
    <message>
        <source>No flow %1.%2 is found in the project</source>
        <translation>프로젝트에 플로우 %1.%2이(가) 없습니다</translation>
    </message>
    <message>
        <source>A tab can&apos;t stand here: use spaces</source>
        <translation>여기에는 탭을 쓸 수 없습니다. 빈칸을 쓰십시오</translation>
    </message>
    <message>
        <source>A window of type %1 can&apos;t have &apos;%2&apos;</source>
        <translation>%1 유형의 시간 창에는 &apos;%2&apos;을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>A window of type %1 needs &apos;%2&apos;</source>
        <translation>%1 유형의 시간 창에는 &apos;%2&apos;이(가) 필요합니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must be at least %2</source>
        <translation>&apos;%1&apos;은(는) %2 이상이어야 합니다</translation>
    </message>
    <message>
        <source>Trigger &apos;%1&apos; has no preconditions: every execution of every flow starts this one</source>
        <translation>트리거 &apos;%1&apos;에 선행 조건이 없어 모든 플로의 모든 실행이 이 플로를 시작합니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must be %2, not %3</source>
        <translation>&apos;%1&apos;은(는) %3이(가) 아니라 %2이어야 합니다</translation>
    </message>
    <message>
        <source>No plugin defaults are called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 플러그인 기본값이 없습니다</translation>
    </message>
    <message>
        <source>No task of this Dag is called &apos;%1&apos;</source>
        <translation>이 Dag에 &apos;%1&apos;이라는 작업이 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no escape of a double-quoted text</source>
        <translation>&apos;%1&apos;은(는) 큰따옴표 글자의 이스케이프가 아닙니다</translation>
    </message>
    <message>
        <source>No input is called &apos;%1&apos;</source>
        <translation>&apos;%1&apos;이라는 입력이 없습니다</translation>
    </message>
    <message>
        <source>%2 has no property &apos;%1&apos;</source>
        <translation>%2에 속성 &apos;%1&apos;이(가) 없습니다</translation>
    </message>
    <message>
        <source>&apos;%2&apos; is no time zone</source>
        <translation>&apos;%2&apos;은(는) 시간대가 아닙니다</translation>
    </message>
    <message>
        <source>There is no type &apos;%1&apos;</source>
        <translation>&apos;%1&apos; 유형이 없습니다</translation>
    </message>
    <message>
        <source>&apos;%2&apos; is not allowed for &apos;%1&apos;: %3</source>
        <translation>&apos;%2&apos;은(는) &apos;%1&apos;에 쓸 수 없습니다: %3</translation>
    </message>
    <message>
        <source>An expression at the start of a value must be quoted</source>
        <translation>값 맨 앞의 표현식은 따옴표로 묶어야 합니다</translation>
    </message>
    <message>
        <source>A worker group is set on the WorkingDirectory, not on its tasks</source>
        <translation>작업자 그룹은 안쪽 작업이 아니라 WorkingDirectory에 설정합니다</translation>
    </message>
    <message>
        <source>%1 can&apos;t be used here</source>
        <translation>%1은(는) 여기에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must have between %2 and %3 characters</source>
        <translation>&apos;%1&apos;은(는) %2자에서 %3자 사이여야 합니다</translation>
    </message>
    <message>
        <source>Not readable as YAML: %1</source>
        <translation>YAML로 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>%1 lines added, %2 removed</source>
        <translation>%1줄 추가, %2줄 삭제</translation>
    </message>
    <message>
        <source>%1, changes</source>
        <translation>%1, 변경 사항</translation>
    </message>
    <message>
        <source>Panel menu</source>
        <translation>패널 메뉴</translation>
    </message>
    <message>
        <source>Dock</source>
        <translation>붙이기</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>띄우기</translation>
    </message>
    <message>
        <source>Open documents</source>
        <translation>열린 문서</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Text and graph</source>
        <translation>텍스트와 그래프</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1, 변경됨</translation>
    </message>
    <message>
        <source>%1 was changed by another program since it was read.</source>
        <translation>%1을(를) 읽은 뒤 다른 프로그램이 바꾸었습니다.</translation>
    </message>
    <message>
        <source>Saving replaces that text by yours.</source>
        <translation>저장하면 그 내용이 지금 내용으로 바뀝니다.</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>저장 안 함</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>다른 이름으로 저장</translation>
    </message>
    <message>
        <source>Flows (*.yaml *.yml);;All files (*)</source>
        <translation>플로 (*.yaml *.yml);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>저장하지 않은 변경</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation>%1에 저장하지 않은 변경이 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n documents have changes that are not saved.</source>
        <translation>
            <numerusform>문서 %n개에 저장하지 않은 변경이 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>모두 저장</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>변경 버리기</translation>
    </message>
    <message>
        <source>Files of the project</source>
        <translation>프로젝트 파일</translation>
    </message>
    <message>
        <source>A project is a folder of flows.</source>
        <translation>프로젝트는 플로 폴더입니다.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>New flow here</source>
        <translation>여기에 새 플로</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 변경…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>A name can&apos;t contain /.</source>
        <translation>이름에는 /를 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1이(가) 이미 있습니다.</translation>
    </message>
    <message>
        <source>%1 could not be renamed.</source>
        <translation>%1의 이름을 바꿀 수 없었습니다.</translation>
    </message>
    <message>
        <source>Delete the folder %1 and all that is in it?</source>
        <translation>폴더 %1와(과) 그 안의 모든 것을 삭제하시겠습니까?</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1을(를) 삭제하시겠습니까?</translation>
    </message>
    <message>
        <source>It goes to the trash where the system has one; else it is gone.</source>
        <translation>휴지통이 있으면 그리로 가고, 없으면 사라집니다.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>%1 could not be deleted.</source>
        <translation>%1을(를) 삭제할 수 없었습니다.</translation>
    </message>
    <message>
        <source>This file is large: it can be looked at, not changed.</source>
        <translation>큰 파일이어서 볼 수만 있습니다.</translation>
    </message>
    <message>
        <source>This file may not be written: it can be looked at, not changed.</source>
        <translation>이 파일은 쓸 수 없어 볼 수만 있습니다.</translation>
    </message>
    <message>
        <source>The file is gone from the disk. Its text is kept here; save it to have the file again.</source>
        <translation>파일이 디스크에서 사라졌습니다. 내용은 여기에 있으니 저장하면 파일이 다시 생깁니다.</translation>
    </message>
    <message>
        <source>Another program changed this file, and it has changes here too.</source>
        <translation>다른 프로그램이 이 파일을 바꾸었고, 여기에도 변경이 있습니다.</translation>
    </message>
    <message>
        <source>Whatever you choose is one step in the history: nothing is lost.</source>
        <translation>무엇을 고르든 이력의 한 단계이므로 잃는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>내 것 유지</translation>
    </message>
    <message>
        <source>Take the disk&apos;s</source>
        <translation>디스크 것 사용</translation>
    </message>
    <message>
        <source>Merge both</source>
        <translation>둘 다 병합</translation>
    </message>
    <message>
        <source>Save it, then push again.</source>
        <translation>저장한 뒤 다시 푸시하십시오.</translation>
    </message>
    <message>
        <source>All files were saved</source>
        <translation>모든 파일이 저장되어 있음</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written</source>
        <translation>
            <numerusform>파일 %n개 저장</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, %2행: %3</translation>
    </message>
    <message>
        <source>Mend it, then push again. Nothing was committed.</source>
        <translation>고친 뒤 다시 푸시하십시오. 커밋된 것은 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s), no errors</source>
        <translation>
            <numerusform>플로 %n개, 오류 없음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>경고 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>A whole number is needed</source>
        <translation>정수가 필요합니다</translation>
    </message>
    <message>
        <source>A number is needed</source>
        <translation>숫자가 필요합니다</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>설정 안 됨</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (기본값)</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>on (default)</source>
        <translation>켬 (기본값)</translation>
    </message>
    <message>
        <source>off (default)</source>
        <translation>끔 (기본값)</translation>
    </message>
    <message>
        <source>A duration such as PT10M or P1D is needed</source>
        <translation>PT10M이나 P1D 같은 기간이 필요합니다</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1일</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1분</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>양식</translation>
    </message>
    <message>
        <source>Renaming updates 1 reference</source>
        <translation>이름을 바꾸면 참조 1곳도 바뀝니다</translation>
    </message>
    <message>
        <source>Renaming updates %1 references</source>
        <translation>이름을 바꾸면 참조 %1곳도 바뀝니다</translation>
    </message>
    <message>
        <source>1 more property</source>
        <translation>속성 1개 더 보기</translation>
    </message>
    <message>
        <source>%1 more properties</source>
        <translation>속성 %1개 더 보기</translation>
    </message>
    <message>
        <source>Show in the text</source>
        <translation>텍스트에서 보기</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>The comment above the task</source>
        <translation>작업 위의 주석</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>필수</translation>
    </message>
    <message>
        <source>Value or expression</source>
        <translation>값 또는 표현식</translation>
    </message>
    <message>
        <source>%1 as expression</source>
        <translation>%1을(를) 표현식으로</translation>
    </message>
    <message>
        <source>Take away: the default applies</source>
        <translation>제거하면 기본값이 쓰입니다</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>%1 제거</translation>
    </message>
    <message>
        <source>Show what is set</source>
        <translation>설정된 것만 보기</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>All of %1</source>
        <translation>%1 전체</translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation>%1, 필수</translation>
    </message>
    <message>
        <source>%1, on the canvas</source>
        <translation>%1, 캔버스에서</translation>
    </message>
    <message>
        <source>Added on the canvas</source>
        <translation>캔버스에서 추가</translation>
    </message>
    <message>
        <source>The type does not know this property; it is kept as it is</source>
        <translation>이 유형에 없는 속성입니다. 그대로 둡니다</translation>
    </message>
    <message>
        <source>This can&apos;t be written here</source>
        <translation>여기에는 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>This can&apos;t be written here: %1</source>
        <translation>여기에는 쓸 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Open a flow to see its properties here</source>
        <translation>플로를 열면 속성이 여기에 보입니다</translation>
    </message>
    <message>
        <source>Nothing could be read here yet</source>
        <translation>여기서 아직 읽을 수 있는 것이 없습니다</translation>
    </message>
    <message>
        <source>This task can&apos;t be read: %1</source>
        <translation>이 작업을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Without id</source>
        <translation>아이디 없음</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>플로</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>바뀐 것 없음</translation>
    </message>
    <message>
        <source>1 line changed</source>
        <translation>1줄 변경</translation>
    </message>
    <message>
        <source>%1 lines changed</source>
        <translation>%1줄 변경</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>%1, item %2</source>
        <translation>%1, 항목 %2</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, 키 %2</translation>
    </message>
    <message>
        <source>%1, value %2</source>
        <translation>%1, 값 %2</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 제거</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>도구 모음</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>프로젝트</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>브랜치</translation>
    </message>
    <message>
        <source>Inputs: defaults</source>
        <translation>입력: 기본값</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message numerus="yes">
        <source>%n commit(s) to push</source>
        <translation>
            <numerusform>푸시할 커밋 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>패널</translation>
    </message>
    <message>
        <source>The project has no flow %1 in %2.</source>
        <translation>프로젝트의 %2에 플로 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>실행 취소(&amp;U): %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>다시 실행(&amp;R): %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Git</source>
        <translation>Git</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>&amp;New flow</source>
        <translation>새 플로(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>폴더 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Example project</source>
        <translation>예제 프로젝트(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Save a&amp;ll</source>
        <translation>모두 저장(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>탭 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Close &amp;folder</source>
        <translation>폴더 닫기(&amp;F)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>설정(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>잘라내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>명령 팔레트(&amp;C)…</translation>
    </message>
    <message>
        <source>Go to &amp;file…</source>
        <translation>파일로 이동(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>텍스트(&amp;T)</translation>
    </message>
    <message>
        <source>Text and &amp;graph</source>
        <translation>텍스트와 그래프(&amp;G)</translation>
    </message>
    <message>
        <source>G&amp;raph</source>
        <translation>그래프(&amp;R)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>데스크톱과 같게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>고대비(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>글자 크게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>글자 작게(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>보통 글자 크기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Restore the panels</source>
        <translation>패널 되돌리기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Changes</source>
        <translation>변경 사항(&amp;C)</translation>
    </message>
    <message>
        <source>Commit and &amp;push…</source>
        <translation>커밋하고 푸시(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Run…</source>
        <translation>실행(&amp;R)…</translation>
    </message>
    <message>
        <source>Run with the &amp;last inputs</source>
        <translation>지난 입력으로 실행(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>멈춤(&amp;S)</translation>
    </message>
    <message>
        <source>R&amp;uns</source>
        <translation>실행 기록(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>다음 탭(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous tab</source>
        <translation>이전 탭(&amp;P)</translation>
    </message>
    <message>
        <source>Next &amp;area</source>
        <translation>다음 영역(&amp;A)</translation>
    </message>
    <message>
        <source>P&amp;revious area</source>
        <translation>이전 영역(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Leat</source>
        <translation>Leat 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>Find and &amp;replace…</source>
        <translation>찾아 바꾸기(&amp;R)…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>다음 찾기(&amp;N)</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>이전 찾기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>주석(&amp;C)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>위로 이동(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>아래로 이동(&amp;D)</translation>
    </message>
    <message>
        <source>Du&amp;plicate lines</source>
        <translation>줄 복제(&amp;P)</translation>
    </message>
    <message>
        <source>Delete &amp;lines</source>
        <translation>줄 삭제(&amp;L)</translation>
    </message>
    <message>
        <source>Select next &amp;occurrence</source>
        <translation>같은 것 더 선택(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fold all</source>
        <translation>모두 접기(&amp;F)</translation>
    </message>
    <message>
        <source>U&amp;nfold all</source>
        <translation>모두 펼치기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Add a task…</source>
        <translation>작업 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Jump to task…</source>
        <translation>작업으로 이동(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation>그래프(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>전체 보기(&amp;F)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>100 %(&amp;1)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>복제(&amp;D)</translation>
    </message>
    <message>
        <source>D&amp;elete</source>
        <translation>삭제(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Keys of the canvas</source>
        <translation>캔버스 단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 폴더(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>패널(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Layouts</source>
        <translation>배치(&amp;L)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>테마(&amp;H)</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>글자 크기(&amp;S)</translation>
    </message>
    <message>
        <source>F&amp;low</source>
        <translation>플로(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Canvas</source>
        <translation>캔버스(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Git</source>
        <translation>Git(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>창(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>팔레트</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Run history</source>
        <translation>실행 기록</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Not pushed: %1</source>
        <translation>푸시 안 됨: %1</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>파일 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1은(는) 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2</source>
        <translation>%1을(를) 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2. The file is as it was.</source>
        <translation>%1에 쓸 수 없습니다: %2. 파일은 그대로입니다.</translation>
    </message>
    <message>
        <source>%1 was changed by another program. Nothing was written.</source>
        <translation>다른 프로그램이 %1을(를) 바꾸었습니다. 아무것도 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>This document has no file yet. Save it under a name.</source>
        <translation>이 문서에는 아직 파일이 없습니다. 이름을 정해 저장하십시오.</translation>
    </message>
    <message>
        <source>%1 is open to be looked at only.</source>
        <translation>%1은(는) 볼 수만 있습니다.</translation>
    </message>
    <message>
        <source>%1: use &apos;%2&apos;</source>
        <translation>%1: &apos;%2&apos; 사용</translation>
    </message>
    <message>
        <source>%1. Did you mean &apos;%2&apos;?</source>
        <translation>%1. &apos;%2&apos;입니까?</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Reload from disk</source>
        <translation>디스크에서 다시 읽기</translation>
    </message>
    <message>
        <source>Merge with the disk</source>
        <translation>디스크와 병합</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>주석</translation>
    </message>
    <message>
        <source>Indent</source>
        <translation>들여쓰기</translation>
    </message>
    <message>
        <source>Move lines</source>
        <translation>줄 이동</translation>
    </message>
    <message>
        <source>Duplicate lines</source>
        <translation>줄 복제</translation>
    </message>
    <message>
        <source>Delete lines</source>
        <translation>줄 삭제</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 삭제</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 복제</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 이동</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 이름 변경</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>%1 설정</translation>
    </message>
    <message>
        <source>Connect %1 and %2</source>
        <translation>%1, %2 연결</translation>
    </message>
    <message>
        <source>Disconnect %1 and %2</source>
        <translation>%1, %2 연결 끊기</translation>
    </message>
    <message>
        <source>(no id)</source>
        <translation>(아이디 없음)</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Open a flow to see its outline here</source>
        <translation>플로를 열면 개요가 여기에 보입니다</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>힌트</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Open a flow to see its problems here</source>
        <translation>플로를 열면 문제가 여기에 보입니다</translation>
    </message>
    <message numerus="yes">
        <source>No problems in %n flow(s)</source>
        <translation>
            <numerusform>플로 %n개에 문제 없음</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, Git state %2</source>
        <translation>%1, Git 상태 %2</translation>
    </message>
    <message>
        <source>not started: %1 %2</source>
        <translation>시작되지 않음: %1 %2</translation>
    </message>
    <message>
        <source>Gantt chart</source>
        <translation>간트 차트</translation>
    </message>
    <message>
        <source>%1, %2, starts at %3, takes %4</source>
        <translation>%1, %2, 시작 %3, 걸린 시간 %4</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n회 시도</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1ms</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>skipped: %1</source>
        <translation>건너뜀: %1</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>오늘 %1</translation>
    </message>
    <message>
        <source>Find a run</source>
        <translation>실행 찾기</translation>
    </message>
    <message>
        <source>Run the flow to see it here, Ctrl+E</source>
        <translation>플로를 실행하면 여기에 보입니다, Ctrl+E</translation>
    </message>
    <message>
        <source>It must be from %1 to %2.</source>
        <translation>%1에서 %2 사이여야 합니다.</translation>
    </message>
    <message>
        <source>It must be at least %1.</source>
        <translation>%1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>It must be at most %1.</source>
        <translation>%1 이하여야 합니다.</translation>
    </message>
    <message>
        <source>It needs a value.</source>
        <translation>값이 필요합니다.</translation>
    </message>
    <message>
        <source>It must be a whole number.</source>
        <translation>정수여야 합니다.</translation>
    </message>
    <message>
        <source>It must be a number.</source>
        <translation>숫자여야 합니다.</translation>
    </message>
    <message>
        <source>It must be a date like 2026-11-20.</source>
        <translation>2026-11-20 같은 날짜여야 합니다.</translation>
    </message>
    <message>
        <source>It must be a time like 08:30:00.</source>
        <translation>08:30:00 같은 시각이어야 합니다.</translation>
    </message>
    <message>
        <source>It must be a moment like 2026-11-20T18:00:00Z.</source>
        <translation>2026-11-20T18:00:00Z 같은 일시여야 합니다.</translation>
    </message>
    <message>
        <source>It must be a duration like PT15M.</source>
        <translation>PT15M 같은 기간이어야 합니다.</translation>
    </message>
    <message>
        <source>It must be JSON.</source>
        <translation>JSON이어야 합니다.</translation>
    </message>
    <message>
        <source>It must be a mail address.</source>
        <translation>메일 주소여야 합니다.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>It must be one of %1.</source>
        <translation>다음 가운데 하나여야 합니다: %1.</translation>
    </message>
    <message>
        <source>It must match %1.</source>
        <translation>%1 형식이어야 합니다.</translation>
    </message>
    <message>
        <source>Find in logs</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>%1 보이기·숨기기</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>로그 복사</translation>
    </message>
    <message>
        <source>Outputs of the flow</source>
        <translation>플로의 출력</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>키 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리 보기</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>값 복사</translation>
    </message>
    <message>
        <source>Copy expression</source>
        <translation>표현식 복사</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>파일이 더는 없습니다.</translation>
    </message>
    <message>
        <source>%1 bytes, not text</source>
        <translation>%1바이트, 텍스트 아님</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n행</numerusform>
        </translation>
    </message>
    <message>
        <source>Running %1</source>
        <translation>실행 중 %1</translation>
    </message>
    <message>
        <source>%1 runs · %2</source>
        <translation>%1 실행 중 · %2</translation>
    </message>
    <message>
        <source>Last run %1 at %2 · %3</source>
        <translation>최근 실행 %1, %2에서 · %3</translation>
    </message>
    <message>
        <source>Last run %1 · %2</source>
        <translation>최근 실행 %1 · %2</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>Engine idle</source>
        <translation>엔진 대기 중</translation>
    </message>
    <message numerus="yes">
        <source>Engine: %n run(s)</source>
        <translation>
            <numerusform>엔진: 실행 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Inputs: last used</source>
        <translation>입력: 지난 값</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>지난 값</translation>
    </message>
    <message>
        <source>Edit and run…</source>
        <translation>편집하고 실행…</translation>
    </message>
    <message>
        <source>A run goes on</source>
        <translation>실행이 진행 중입니다</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) would be interrupted.</source>
        <translation>
            <numerusform>실행 %n개가 중단됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>계속 실행</translation>
    </message>
    <message>
        <source>Interrupt and close</source>
        <translation>중단하고 닫기</translation>
    </message>
    <message>
        <source>%1 · runs on this machine</source>
        <translation>%1 · 이 컴퓨터에서 실행합니다</translation>
    </message>
    <message>
        <source>This flow has no inputs.</source>
        <translation>이 플로에는 입력이 없습니다.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>파일 고르기</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) to fix</source>
        <translation>
            <numerusform>고칠 입력 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Gantt</source>
        <translation>간트</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>manual</source>
        <translation>수동</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>Task runs</source>
        <translation>작업 실행</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>시작한 실행</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message numerus="yes">
        <source>%1 failed after %n attempt(s)</source>
        <translation>
            <numerusform>%1, %n회 시도 뒤 실패</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 실패</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>%1(으)로 이동</translation>
    </message>
    <message>
        <source>The flow can&apos;t run as it is: %1</source>
        <translation>플로를 이대로는 실행할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>See Problems.</source>
        <translation>문제 패널을 보십시오.</translation>
    </message>
    <message>
        <source>Input %2 is not accepted: %1</source>
        <translation>입력 %2을(를) 받을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Change it and run again.</source>
        <translation>바꾼 뒤 다시 실행하십시오.</translation>
    </message>
    <message>
        <source>A check of the flow stops it: %1</source>
        <translation>플로의 점검이 실행을 막았습니다: %1</translation>
    </message>
    <message>
        <source>The flow is disabled.</source>
        <translation>사용 안 함으로 된 플로입니다.</translation>
    </message>
    <message>
        <source>Remove disabled: true and run again.</source>
        <translation>disabled: true를 지우고 다시 실행하십시오.</translation>
    </message>
    <message>
        <source>There is no flow %2 in %1.</source>
        <translation>%1에 플로 %2이(가) 없습니다.</translation>
    </message>
    <message>
        <source>There is no execution %1.</source>
        <translation>실행 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>This can&apos;t be done while the execution is %1.</source>
        <translation>실행이 %1 상태일 때는 할 수 없습니다.</translation>
    </message>
    <message>
        <source>Another Leat uses this data folder, so nothing can be started here.</source>
        <translation>다른 Leat가 이 데이터 폴더를 쓰고 있어 여기서는 시작할 수 없습니다.</translation>
    </message>
    <message>
        <source>Close the other one.</source>
        <translation>다른 창을 닫으십시오.</translation>
    </message>
    <message>
        <source>The data folder belongs to another Leat (process %1).</source>
        <translation>데이터 폴더를 다른 Leat(프로세스 %1)가 쓰고 있습니다.</translation>
    </message>
    <message>
        <source>The run history was written by a newer Leat (format %1, this one knows %2).</source>
        <translation>더 새로운 Leat가 쓴 실행 기록입니다(형식 %1, 여기서는 %2까지).</translation>
    </message>
    <message>
        <source>Update Leat. The history is untouched.</source>
        <translation>Leat를 업데이트하십시오. 기록은 그대로입니다.</translation>
    </message>
    <message>
        <source>The run history is damaged: %1</source>
        <translation>실행 기록이 손상되었습니다: %1</translation>
    </message>
    <message>
        <source>It was put aside as %2; a new one was begun.</source>
        <translation>%2(으)로 옮겨 두고 새로 시작했습니다.</translation>
    </message>
    <message>
        <source>The disk is full: the run could not be recorded.</source>
        <translation>디스크가 가득 차 실행을 기록할 수 없었습니다.</translation>
    </message>
    <message>
        <source>Free some space and run again.</source>
        <translation>공간을 마련하고 다시 실행하십시오.</translation>
    </message>
    <message>
        <source>The run history can&apos;t be written: %1</source>
        <translation>실행 기록을 쓸 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Check who may write to its folder.</source>
        <translation>폴더의 쓰기 권한을 확인하십시오.</translation>
    </message>
    <message>
        <source>The run history could not be used: %1</source>
        <translation>실행 기록을 쓸 수 없었습니다: %1</translation>
    </message>
    <message>
        <source>The text changed in the meantime.</source>
        <translation>그사이 텍스트가 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>다시 시도하십시오.</translation>
    </message>
    <message>
        <source>Two changes touch the same place.</source>
        <translation>두 변경이 같은 곳을 건드립니다.</translation>
    </message>
    <message>
        <source>Make them one after the other.</source>
        <translation>하나씩 차례로 하십시오.</translation>
    </message>
    <message>
        <source>There is no such place in the list.</source>
        <translation>목록에 그런 자리가 없습니다.</translation>
    </message>
    <message>
        <source>Choose a place between its first task and its end.</source>
        <translation>첫 작업과 끝 사이의 자리를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no task %1.</source>
        <translation>작업 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Name a task by its id, or by its path like tasks[0].then[1].</source>
        <translation>아이디나 tasks[0].then[1] 같은 경로로 작업을 지정하십시오.</translation>
    </message>
    <message>
        <source>%1 can hold no tasks.</source>
        <translation>%1에는 작업을 넣을 수 없습니다.</translation>
    </message>
    <message>
        <source>Name a task that holds others, or a list like errors or check.else.</source>
        <translation>다른 작업을 담는 작업이나 errors, check.else 같은 목록을 지정하십시오.</translation>
    </message>
    <message>
        <source>There is no property %1.</source>
        <translation>속성 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Check the path: keys are joined by dots, items are [0], [1] ….</source>
        <translation>경로를 확인하십시오: 키는 점으로 잇고 항목은 [0], [1] …로 씁니다.</translation>
    </message>
    <message>
        <source>The id %1 is taken.</source>
        <translation>아이디 %1은(는) 이미 쓰이고 있습니다.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>다른 것을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is no valid id.</source>
        <translation>%1은(는) 아이디가 될 수 없습니다.</translation>
    </message>
    <message>
        <source>Use letters, digits, _ and -, beginning with a letter or digit.</source>
        <translation>글자나 숫자로 시작하고 글자, 숫자, _, -만 쓰십시오.</translation>
    </message>
    <message>
        <source>The value is not readable YAML: %1.</source>
        <translation>값을 YAML로 읽을 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>Quote it, or mend it.</source>
        <translation>따옴표로 묶거나 고치십시오.</translation>
    </message>
    <message>
        <source>This is no task.</source>
        <translation>작업이 아닙니다.</translation>
    </message>
    <message>
        <source>A task is a mapping with a type.</source>
        <translation>작업은 type이 있는 매핑입니다.</translation>
    </message>
    <message>
        <source>%1 can&apos;t move into itself.</source>
        <translation>%1은(는) 자기 안으로 옮길 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 already waits for %2: the tasks would wait for each other for ever.</source>
        <translation>%1은(는) 이미 %2을(를) 기다립니다. 두 작업이 서로를 끝없이 기다리게 됩니다.</translation>
    </message>
    <message>
        <source>%1 is not in the same Dag.</source>
        <translation>%1은(는) 같은 Dag에 없습니다.</translation>
    </message>
    <message>
        <source>Only tasks of one Dag can depend on each other.</source>
        <translation>같은 Dag의 작업끼리만 의존할 수 있습니다.</translation>
    </message>
    <message>
        <source>%2 depends on %1 already.</source>
        <translation>%2은(는) 이미 %1에 의존합니다.</translation>
    </message>
    <message>
        <source>%2 does not depend on %1.</source>
        <translation>%2은(는) %1에 의존하지 않습니다.</translation>
    </message>
    <message>
        <source>The text there can&apos;t be read: %1.</source>
        <translation>그곳의 텍스트를 읽을 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>Mend it in the editor first.</source>
        <translation>먼저 편집기에서 고치십시오.</translation>
    </message>
    <message>
        <source>%1 wants at least one task.</source>
        <translation>%1에는 작업이 하나 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>This text may only be looked at.</source>
        <translation>이 텍스트는 볼 수만 있습니다.</translation>
    </message>
    <message>
        <source>%w is not in a Git repository.</source>
        <translation>%w은(는) Git 저장소 안에 있지 않습니다.</translation>
    </message>
    <message>
        <source>Create a repository there, or open a folder that is in one.</source>
        <translation>거기에 저장소를 만들거나 저장소 안의 폴더를 여십시오.</translation>
    </message>
    <message>
        <source>This repository has no remote to push to.</source>
        <translation>이 저장소에는 푸시할 원격이 없습니다.</translation>
    </message>
    <message>
        <source>Add one: git remote add origin URL.</source>
        <translation>추가하십시오: git remote add origin URL.</translation>
    </message>
    <message>
        <source>Branch %1 has no commit yet.</source>
        <translation>브랜치 %1에는 아직 커밋이 없습니다.</translation>
    </message>
    <message>
        <source>Commit a file first.</source>
        <translation>먼저 파일을 커밋하십시오.</translation>
    </message>
    <message>
        <source>HEAD is at a commit and on no branch, so a new commit could get lost.</source>
        <translation>HEAD가 브랜치가 아닌 커밋에 있어 새 커밋을 잃을 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose or create a branch.</source>
        <translation>브랜치를 고르거나 만드십시오.</translation>
    </message>
    <message>
        <source>Git does not know who commits: user.name or user.email is not set.</source>
        <translation>누가 커밋하는지 Git이 모릅니다: user.name이나 user.email이 없습니다.</translation>
    </message>
    <message>
        <source>Set both: git config --global user.name NAME, git config --global user.email ADDRESS.</source>
        <translation>둘 다 설정하십시오: git config --global user.name NAME, git config --global user.email ADDRESS.</translation>
    </message>
    <message>
        <source>None of the chosen files differs from the last commit.</source>
        <translation>고른 파일 가운데 마지막 커밋과 다른 것이 없습니다.</translation>
    </message>
    <message>
        <source>Choose files that changed.</source>
        <translation>바뀐 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is not a valid branch name.</source>
        <translation>%1은(는) 브랜치 이름이 될 수 없습니다.</translation>
    </message>
    <message>
        <source>Use letters, digits, - and /, without blanks.</source>
        <translation>글자, 숫자, -, /를 빈칸 없이 쓰십시오.</translation>
    </message>
    <message>
        <source>Branch %1 exists already.</source>
        <translation>브랜치 %1이(가) 이미 있습니다.</translation>
    </message>
    <message>
        <source>Choose it, or take another name.</source>
        <translation>그것을 고르거나 다른 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>There is no branch %1.</source>
        <translation>브랜치 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Create it, or choose another.</source>
        <translation>만들거나 다른 것을 고르십시오.</translation>
    </message>
    <message>
        <source>Switching to %w would overwrite changes in %1.</source>
        <translation>%w(으)로 바꾸면 %1의 변경을 덮어씁니다.</translation>
    </message>
    <message>
        <source>Commit them first. Nothing was changed.</source>
        <translation>먼저 커밋하십시오. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>A merge is not finished: %1 has conflicts.</source>
        <translation>병합이 끝나지 않았습니다: %1에 충돌이 있습니다.</translation>
    </message>
    <message>
        <source>Resolve them, then commit.</source>
        <translation>충돌을 풀고 커밋하십시오.</translation>
    </message>
    <message>
        <source>%1 is outside the repository %w.</source>
        <translation>%1은(는) 저장소 %w 밖에 있습니다.</translation>
    </message>
    <message>
        <source>Choose files inside it.</source>
        <translation>그 안의 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 looks like a secret (%2): %3</source>
        <translation>%1은(는) 비밀로 보입니다(%2): %3</translation>
    </message>
    <message>
        <source>Take it out of the file and read it with {{ secret(&apos;NAME&apos;) }}. Nothing was committed.</source>
        <translation>파일에서 빼고 {{ secret(&apos;NAME&apos;) }}(으)로 읽으십시오. 커밋된 것은 없습니다.</translation>
    </message>
    <message>
        <source>A hook of this repository refused: %1</source>
        <translation>이 저장소의 훅이 거부했습니다: %1</translation>
    </message>
    <message>
        <source>Mend what it names and try again. Your files are as they were.</source>
        <translation>지적된 것을 고치고 다시 시도하십시오. 파일은 그대로입니다.</translation>
    </message>
    <message>
        <source>The commit could not be signed: %1</source>
        <translation>커밋에 서명할 수 없었습니다: %1</translation>
    </message>
    <message>
        <source>Check the signing key (git config user.signingKey).</source>
        <translation>서명 키를 확인하십시오(git config user.signingKey).</translation>
    </message>
    <message>
        <source>%w did not accept the user name, password or key.</source>
        <translation>%w이(가) 사용자 이름, 암호 또는 키를 받지 않았습니다.</translation>
    </message>
    <message>
        <source>Try again with another one. The commit is safe on this machine.</source>
        <translation>다른 것으로 다시 시도하십시오. 커밋은 이 컴퓨터에 안전하게 있습니다.</translation>
    </message>
    <message>
        <source>%w wants a user name and a password or token.</source>
        <translation>%w이(가) 사용자 이름과 암호 또는 토큰을 요구합니다.</translation>
    </message>
    <message>
        <source>Push from a terminal or the window to type them, or set up a credential helper.</source>
        <translation>터미널이나 창에서 푸시하며 입력하거나 자격 증명 도우미를 설정하십시오.</translation>
    </message>
    <message>
        <source>The identity of %1 is not known to ssh.</source>
        <translation>ssh가 %1의 신원을 모릅니다.</translation>
    </message>
    <message>
        <source>Connect once with ssh %1 in a terminal and compare its fingerprint.</source>
        <translation>터미널에서 ssh %1(으)로 한 번 연결해 지문을 비교하십시오.</translation>
    </message>
    <message>
        <source>%w can&apos;t be reached: %1.</source>
        <translation>%w에 연결할 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>Check the network and the address, then push again. The commit is safe on this machine.</source>
        <translation>네트워크와 주소를 확인한 뒤 다시 푸시하십시오. 커밋은 이 컴퓨터에 안전하게 있습니다.</translation>
    </message>
    <message>
        <source>There is no repository at %w, or you may not see it.</source>
        <translation>%w에 저장소가 없거나 볼 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Check the address: git remote set-url origin URL.</source>
        <translation>주소를 확인하십시오: git remote set-url origin URL.</translation>
    </message>
    <message>
        <source>The branch at %w has commits that you do not have.</source>
        <translation>%w의 브랜치에 여기에 없는 커밋이 있습니다.</translation>
    </message>
    <message>
        <source>Pull them first (git pull --rebase), or push to another branch. Nothing was overwritten.</source>
        <translation>먼저 가져오거나(git pull --rebase) 다른 브랜치로 푸시하십시오. 덮어쓴 것은 없습니다.</translation>
    </message>
    <message>
        <source>%w refused the push: %1</source>
        <translation>%w이(가) 푸시를 거부했습니다: %1</translation>
    </message>
    <message>
        <source>Push to another branch and open a pull request. The commit is safe on this machine.</source>
        <translation>다른 브랜치로 푸시하고 풀 리퀘스트를 여십시오. 커밋은 이 컴퓨터에 안전하게 있습니다.</translation>
    </message>
    <message>
        <source>%w took the push, but its branch does not show commit %2.</source>
        <translation>%w이(가) 푸시를 받았지만 브랜치에 커밋 %2이(가) 보이지 않습니다.</translation>
    </message>
    <message>
        <source>Look at the branch on the server before you go on. The commit is safe on this machine.</source>
        <translation>계속하기 전에 서버의 브랜치를 보십시오. 커밋은 이 컴퓨터에 안전하게 있습니다.</translation>
    </message>
    <message>
        <source>The program %1 is needed for this and not installed.</source>
        <translation>이 일에 필요한 프로그램 %1이(가) 설치되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Install it and try again.</source>
        <translation>설치하고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>멈췄습니다.</translation>
    </message>
    <message>
        <source>Nothing is lost; push again when you like.</source>
        <translation>잃은 것은 없습니다. 언제든 다시 푸시하십시오.</translation>
    </message>
    <message>
        <source>Git could not do it: %1.</source>
        <translation>Git이 하지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>데스크톱과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>Dialect 1.3</source>
        <translation>언어 1.3</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>오류 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hint(s)</source>
        <translation>
            <numerusform>힌트 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Branch %1, %2 ahead, %3 behind</source>
        <translation>브랜치 %1, 앞섬 %2, 뒤처짐 %3</translation>
    </message>
    <message>
        <source>Ln %1, Col %2</source>
        <translation>%1행 %2열</translation>
    </message>
    <message>
        <source>This file is not text, so it is not shown.</source>
        <translation>이 파일은 텍스트가 아니어서 보이지 않습니다.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n분 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n시간 전</numerusform>
        </translation>
    </message>
    <message>
        <source>no Git</source>
        <translation>Git 없음</translation>
    </message>
    <message>
        <source>Write a flow, run it here, push it when it is right.</source>
        <translation>플로를 쓰고, 여기서 실행하고, 맞으면 푸시합니다.</translation>
    </message>
    <message>
        <source>New flow</source>
        <translation>새 플로</translation>
    </message>
    <message>
        <source>A file with one task, ready to run</source>
        <translation>바로 실행할 수 있는 작업 하나짜리 파일</translation>
    </message>
    <message>
        <source>A project is a folder of flows</source>
        <translation>프로젝트는 플로 폴더입니다</translation>
    </message>
    <message>
        <source>Example project</source>
        <translation>예제 프로젝트</translation>
    </message>
    <message>
        <source>Eight flows over 50,000 orders</source>
        <translation>주문 50,000건을 다루는 플로 여덟 개</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근</translation>
    </message>
    <message>
        <source>Start from an example</source>
        <translation>예제로 시작</translation>
    </message>
    <message>
        <source>Each one runs here with sample data, without an account or a network.</source>
        <translation>계정과 네트워크 없이 예제 데이터로 여기서 실행됩니다.</translation>
    </message>
    <message>
        <source>Search examples</source>
        <translation>예제 검색</translation>
    </message>
    <message>
        <source>Keys worth knowing</source>
        <translation>알아 두면 좋은 단축키</translation>
    </message>
    <message>
        <source>every command</source>
        <translation>모든 명령</translation>
    </message>
    <message>
        <source>run the flow</source>
        <translation>플로 실행</translation>
    </message>
    <message>
        <source>jump to a task</source>
        <translation>작업으로 이동</translation>
    </message>
    <message>
        <source>add after the node</source>
        <translation>노드 뒤에 추가</translation>
    </message>
    <message>
        <source>go to a file</source>
        <translation>파일로 이동</translation>
    </message>
    <message>
        <source>next area</source>
        <translation>다음 영역</translation>
    </message>
    <message>
        <source>Folders you open are listed here.</source>
        <translation>연 폴더가 여기에 보입니다.</translation>
    </message>
    <message>
        <source>Daily sales</source>
        <translation>일일 매출</translation>
    </message>
    <message>
        <source>One run per region</source>
        <translation>지역마다 한 번 실행</translation>
    </message>
    <message>
        <source>Warehouse as a Dag</source>
        <translation>Dag로 만든 창고</translation>
    </message>
    <message>
        <source>Quality gate</source>
        <translation>품질 관문</translation>
    </message>
    <message>
        <source>Flaky partner</source>
        <translation>불안정한 상대</translation>
    </message>
    <message>
        <source>Month-end close</source>
        <translation>월말 마감</translation>
    </message>
    <message>
        <source>No example is called “%1”.</source>
        <translation>“%1” 예제가 없습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Go to definition</source>
        <translation>정의로 이동</translation>
    </message>
    <message>
        <source>Show usages</source>
        <translation>사용처 보기</translation>
    </message>
    <message>
        <source>Quick fix</source>
        <translation>빠른 수정</translation>
    </message>
    <message>
        <source>Comment lines</source>
        <translation>줄 주석</translation>
    </message>
    <message>
        <source>%1 would get lost.</source>
        <translation>%1을(를) 잃게 됩니다.</translation>
    </message>
    <message>
        <source>Move or remove it first.</source>
        <translation>먼저 옮기거나 지우십시오.</translation>
    </message>
    <message>
        <source>Changes of this file were not saved when Leat ended.</source>
        <translation>Leat가 끝날 때 이 파일의 변경이 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>recovered.yaml</source>
        <translation>recovered.yaml</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no file: the default starts with file: or nsfile:</source>
        <translation>&apos;%1&apos;은(는) 파일이 아닙니다. 기본값은 file:이나 nsfile:로 시작합니다</translation>
    </message>
    <message>
        <source>The default of input &apos;%1&apos; can&apos;t be its value: %2</source>
        <translation>입력 &apos;%1&apos;의 기본값은 값이 될 수 없습니다: %2</translation>
    </message>
    <message>
        <source>Only the enterprise edition knows quotas</source>
        <translation>할당량은 기업용 판에만 있습니다</translation>
    </message>
    <message>
        <source>No value with %1: %2</source>
        <translation>%1 값 없음: %2</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>run of %1</source>
        <translation>%1 실행</translation>
    </message>
    <message>
        <source>Add to the flow</source>
        <translation>플로에 추가</translation>
    </message>
    <message>
        <source>A task at the end</source>
        <translation>끝에 작업</translation>
    </message>
    <message>
        <source>A trigger</source>
        <translation>트리거</translation>
    </message>
    <message>
        <source>An input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>An output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>A task in %1</source>
        <translation>%1에 작업</translation>
    </message>
    <message>
        <source>Move up the list</source>
        <translation>목록에서 위로</translation>
    </message>
    <message>
        <source>Move down the list</source>
        <translation>목록에서 아래로</translation>
    </message>
    <message>
        <source>Move out of the container</source>
        <translation>컨테이너 밖으로</translation>
    </message>
    <message>
        <source>Move into the container beside</source>
        <translation>옆 컨테이너 안으로</translation>
    </message>
    <message>
        <source>Wrap in…</source>
        <translation>감싸기…</translation>
    </message>
    <message>
        <source>Unwrap</source>
        <translation>감싼 것 풀기</translation>
    </message>
    <message>
        <source>Convert to %1</source>
        <translation>%1(으)로 바꾸기</translation>
    </message>
    <message>
        <source>Draw an arrow from here</source>
        <translation>여기서 화살표 그리기</translation>
    </message>
    <message>
        <source>w, Shift+w</source>
        <translation>w, Shift+w</translation>
    </message>
    <message>
        <source>Wrap in a container, unwrap it</source>
        <translation>컨테이너로 감싸기, 풀기</translation>
    </message>
    <message>
        <source>c</source>
        <translation>c</translation>
    </message>
    <message>
        <source>Convert: Sequential, Parallel, Dag</source>
        <translation>바꾸기: Sequential, Parallel, Dag</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+위, Alt+아래</translation>
    </message>
    <message>
        <source>Move in the list</source>
        <translation>목록 안에서 옮기기</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+왼쪽, Alt+오른쪽</translation>
    </message>
    <message>
        <source>Move out of a container, into the one beside</source>
        <translation>컨테이너 밖으로, 옆 컨테이너 안으로 옮기기</translation>
    </message>
    <message>
        <source>r, [ and ]</source>
        <translation>r, [ 와 ]</translation>
    </message>
    <message>
        <source>Draw an arrow in a Dag, choose an arrow</source>
        <translation>Dag에서 화살표 그리기, 화살표 고르기</translation>
    </message>
    <message>
        <source>t, i, o</source>
        <translation>t, i, o</translation>
    </message>
    <message>
        <source>Add a trigger, an input, an output</source>
        <translation>트리거, 입력, 출력 추가</translation>
    </message>
    <message>
        <source>Delete anyway</source>
        <translation>그래도 삭제</translation>
    </message>
    <message>
        <source>References that would be lost</source>
        <translation>잃게 될 참조</translation>
    </message>
    <message>
        <source>Places that name it</source>
        <translation>이름을 쓰는 곳</translation>
    </message>
    <message>
        <source>1 place would name something that is gone:</source>
        <translation>없어질 이름을 1곳에서 쓰고 있습니다:</translation>
    </message>
    <message>
        <source>%1 places would name something that is gone:</source>
        <translation>없어질 이름을 %1곳에서 쓰고 있습니다:</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, %2행</translation>
    </message>
    <message>
        <source>Add a trigger</source>
        <translation>트리거 추가</translation>
    </message>
    <message>
        <source>Wrap in</source>
        <translation>감싸기</translation>
    </message>
    <message>
        <source>Add an output</source>
        <translation>출력 추가</translation>
    </message>
    <message>
        <source>Add an input</source>
        <translation>입력 추가</translation>
    </message>
    <message>
        <source>No type is called &quot;%1&quot;</source>
        <translation>&quot;%1&quot; 유형이 없습니다</translation>
    </message>
    <message>
        <source>%1 is not a file of this project, so a task cannot read it</source>
        <translation>%1: 이 프로젝트의 파일이 아니어서 작업이 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Paste %1</source>
        <translation>%1 붙여넣기</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 사용 안 함</translation>
    </message>
    <message>
        <source>Enable %1</source>
        <translation>%1 사용</translation>
    </message>
    <message>
        <source>Wrap in %1</source>
        <translation>%1(으)로 감싸기</translation>
    </message>
    <message>
        <source>Unwrap %1</source>
        <translation>%1 풀기</translation>
    </message>
    <message>
        <source>Convert %1 to %2</source>
        <translation>%1: %2(으)로 바꾸기</translation>
    </message>
    <message>
        <source>%1 does not stand beside the other tasks in one list.</source>
        <translation>%1은(는) 한 목록에서 다른 작업과 나란히 있지 않습니다.</translation>
    </message>
    <message>
        <source>Choose neighbours, or move them together first.</source>
        <translation>이웃한 작업을 고르거나 먼저 한곳으로 옮기세요.</translation>
    </message>
    <message>
        <source>%1 would mean something else in the other flow (task %2).</source>
        <translation>%1은(는) 다른 플로에서 다른 뜻이 됩니다(작업 %2).</translation>
    </message>
    <message>
        <source>Leave the task where it is, or read the value in another way first.</source>
        <translation>작업을 그대로 두거나, 먼저 값을 다른 방법으로 읽으세요.</translation>
    </message>
    <message>
        <source>%1 acts on the execution or the directory it runs in, which would be another one.</source>
        <translation>%1은(는) 자신이 실행되는 실행이나 디렉터리에 작용하는데, 그것이 다른 것이 됩니다.</translation>
    </message>
    <message>
        <source>Leave it where it is.</source>
        <translation>그대로 두세요.</translation>
    </message>
    <message>
        <source>%1 may have no value when it is handed over (task %2).</source>
        <translation>%1은(는) 넘겨줄 때 값이 없을 수 있습니다(작업 %2).</translation>
    </message>
    <message>
        <source>Give it a default first: %1 ?? &apos;none&apos;.</source>
        <translation>먼저 기본값을 주세요: %1 ?? &apos;none&apos;.</translation>
    </message>
    <message>
        <source>%1 would get another type.</source>
        <translation>%1의 형식이 달라집니다.</translation>
    </message>
    <message>
        <source>The plugin defaults for %1 differ between the two flows.</source>
        <translation>두 플로의 %1 플러그인 기본값이 서로 다릅니다.</translation>
    </message>
    <message>
        <source>Write the values into the tasks first.</source>
        <translation>먼저 값을 작업에 직접 쓰세요.</translation>
    </message>
    <message>
        <source>%1 of %2 has no counterpart without the subflow.</source>
        <translation>%2의 %1은(는) 서브플로 없이는 대응하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Remove it first.</source>
        <translation>먼저 제거하세요.</translation>
    </message>
    <message>
        <source>%1 is no Subflow task that names its flow.</source>
        <translation>%1은(는) 플로를 지정하는 Subflow 작업이 아닙니다.</translation>
    </message>
    <message>
        <source>There is no flow %1 in the project.</source>
        <translation>프로젝트에 %1 플로가 없습니다.</translation>
    </message>
    <message>
        <source>Id of the new flow</source>
        <translation>새 플로의 id</translation>
    </message>
    <message>
        <source>Extract to a subflow…</source>
        <translation>서브플로로 추출…</translation>
    </message>
    <message>
        <source>Inline the subflow</source>
        <translation>서브플로 풀어 넣기</translation>
    </message>
    <message>
        <source>Fold the subflow</source>
        <translation>서브플로 접기</translation>
    </message>
    <message>
        <source>Unfold the subflow</source>
        <translation>서브플로 펼치기</translation>
    </message>
    <message>
        <source>Put back in place</source>
        <translation>제자리로 되돌리기</translation>
    </message>
    <message>
        <source>Collapse or expand a container, unfold a subflow</source>
        <translation>컨테이너 접기·펼치기, 서브플로 펼치기</translation>
    </message>
    <message>
        <source>s, Shift+s</source>
        <translation>s, Shift+s</translation>
    </message>
    <message>
        <source>Extract to a subflow, inline one</source>
        <translation>서브플로로 추출, 풀어 넣기</translation>
    </message>
    <message>
        <source>Alt+Shift+arrows, Alt and drag, p</source>
        <translation>Alt+Shift+화살표, Alt+끌기, p</translation>
    </message>
    <message>
        <source>Place by hand, put back</source>
        <translation>손으로 놓기, 되돌리기</translation>
    </message>
    <message>
        <source>%1 could not be written: the places set by hand last until the flow is closed.</source>
        <translation>%1: 쓸 수 없습니다. 손으로 놓은 자리는 플로를 닫을 때까지만 유지됩니다.</translation>
    </message>
    <message>
        <source>This flow has no graph to export yet.</source>
        <translation>이 플로에는 아직 내보낼 그래프가 없습니다.</translation>
    </message>
    <message>
        <source>The graph is too large for a PNG; choose SVG or PDF.</source>
        <translation>그래프가 PNG로 내보내기에는 너무 큽니다. SVG나 PDF를 고르세요.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1: 쓸 수 없습니다: %2</translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation>그래프 내보내기</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png *.pdf)</source>
        <translation>그림 (*.svg *.png *.pdf)</translation>
    </message>
    <message>
        <source>This flow has no graph to print yet.</source>
        <translation>이 플로에는 아직 인쇄할 그래프가 없습니다.</translation>
    </message>
    <message>
        <source>Print the graph</source>
        <translation>그래프 인쇄</translation>
    </message>
    <message>
        <source>&amp;Export the graph…</source>
        <translation>그래프 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Print the graph…</source>
        <translation>그래프 인쇄(&amp;P)…</translation>
    </message>
    <message>
        <source>Extract %1</source>
        <translation>%1 추출</translation>
    </message>
    <message>
        <source>Inline %1</source>
        <translation>%1 풀어 넣기</translation>
    </message>
    <message>
        <source>Save this flow first: the new one is written beside it.</source>
        <translation>먼저 이 플로를 저장하세요. 새 플로는 그 옆에 저장됩니다.</translation>
    </message>
    <message>
        <source>%1 exists already; choose another id.</source>
        <translation>%1 파일이 이미 있습니다. 다른 id를 고르세요.</translation>
    </message>
    <message>
        <source>%1 is no time zone</source>
        <translation>%1: 시간대가 아닙니다</translation>
    </message>
    <message>
        <source>There is no such date</source>
        <translation>그런 날짜가 없습니다</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>다음: %1</translation>
    </message>
    <message>
        <source>From pluginDefaults: %1</source>
        <translation>pluginDefaults에서: %1</translation>
    </message>
    <message>
        <source>From pluginDefaults. Editing overrides it here.</source>
        <translation>pluginDefaults에서 온 값입니다. 여기서 고치면 이 값이 우선합니다.</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>마지막 실행</translation>
    </message>
    <message>
        <source>Form, source or last run</source>
        <translation>양식, 원본, 마지막 실행</translation>
    </message>
    <message>
        <source>Documentation below each field</source>
        <translation>필드마다 설명 보기</translation>
    </message>
    <message>
        <source>The last run did not reach it</source>
        <translation>마지막 실행은 여기까지 오지 않았습니다</translation>
    </message>
    <message>
        <source>Run the flow to see here what it did</source>
        <translation>플로를 실행하면 여기에 결과가 보입니다</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>시도</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>%2단계 중 %1단계</translation>
    </message>
    <message>
        <source>Done only when the remote shows the commit</source>
        <translation>원격에서 커밋이 보여야 끝납니다</translation>
    </message>
    <message>
        <source>The remote refused the push.</source>
        <translation>원격이 푸시를 거절했습니다.</translation>
    </message>
    <message>
        <source>Keep local</source>
        <translation>로컬에 두기</translation>
    </message>
    <message>
        <source>What the remote said</source>
        <translation>원격이 보낸 말</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>No flow is open. Choose one in Files, or make one.</source>
        <translation>열린 플로가 없습니다. 파일에서 고르거나 새로 만드세요.</translation>
    </message>
    <message>
        <source>Run (%1)</source>
        <translation>실행 (%1)</translation>
    </message>
    <message>
        <source>Open a flow to run it</source>
        <translation>실행하려면 플로를 여세요</translation>
    </message>
    <message>
        <source>New &amp;branch…</source>
        <translation>새 브랜치(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>속성(&amp;I)</translation>
    </message>
    <message>
        <source>Pushed %1</source>
        <translation>%1 푸시됨</translation>
    </message>
    <message>
        <source>The window opens anew in this language.</source>
        <translation>창이 이 언어로 다시 열립니다.</translation>
    </message>
    <message>
        <source>Engine ready: no server needed</source>
        <translation>엔진 준비됨: 서버가 필요 없습니다</translation>
    </message>
    <message>
        <source>Works without a network</source>
        <translation>네트워크 없이 동작합니다</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Take the quotes away</source>
        <translation>따옴표 없애기</translation>
    </message>
    <message>
        <source>Write the backslash as it is</source>
        <translation>역슬래시를 그대로 쓰기</translation>
    </message>
    <message>
        <source>Use spaces instead of tabs</source>
        <translation>탭 대신 공백 쓰기</translation>
    </message>
    <message>
        <source>Make it a list</source>
        <translation>목록으로 바꾸기</translation>
    </message>
    <message>
        <source>Add a first entry to %1</source>
        <translation>%1에 첫 항목 추가</translation>
    </message>
    <message>
        <source>Begin with a small flow</source>
        <translation>작은 플로로 시작</translation>
    </message>
    <message numerus="yes">
        <source>Fix all %n problem(s) of this kind</source>
        <translation>
            <numerusform>같은 종류의 문제 %n개 모두 고치기</numerusform>
        </translation>
    </message>
    <message>
        <source>All safe fixes of this flow</source>
        <translation>이 플로의 안전한 고침 모두</translation>
    </message>
    <message>
        <source>Deleted here:</source>
        <translation>여기에서 지워짐:</translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>그리고 %n줄 더</numerusform>
        </translation>
    </message>
    <message>
        <source>Fix %1</source>
        <translation>%1 고치기</translation>
    </message>
    <message>
        <source>Fix all</source>
        <translation>모두 고치기</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1 이름을 %2로 바꾸기</translation>
    </message>
    <message>
        <source>Rename the flow</source>
        <translation>플로 이름 바꾸기</translation>
    </message>
    <message>
        <source>Unsaved text brought back</source>
        <translation>저장하지 않은 글 되살리기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>서식 맞추기</translation>
    </message>
    <message>
        <source>Insert %1</source>
        <translation>%1 넣기</translation>
    </message>
    <message>
        <source>Move %1 to the front</source>
        <translation>%1 맨 앞으로 옮기기</translation>
    </message>
    <message>
        <source>Move %1 after %2</source>
        <translation>%1 %2 뒤로 옮기기</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>required</source>
        <translation>필수</translation>
    </message>
    <message>
        <source>deprecated</source>
        <translation>사용 중단</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>기본값 %1</translation>
    </message>
    <message>
        <source>Deprecated</source>
        <translation>사용 중단됨</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Older names</source>
        <translation>예전 이름</translation>
    </message>
    <message>
        <source>Type to look up</source>
        <translation>찾을 타입</translation>
    </message>
    <message>
        <source>Look up a type</source>
        <translation>유형 찾기</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>설명서</translation>
    </message>
    <message>
        <source>Put the caret into a task, or look up a type.</source>
        <translation>커서를 작업에 두거나 타입을 찾아보세요.</translation>
    </message>
    <message>
        <source>The catalog has no type %1.</source>
        <translation>카탈로그에 타입 %1 없음.</translation>
    </message>
    <message>
        <source>An id has letters, digits, dots, - and _, and begins with a letter or digit.</source>
        <translation>id는 글자, 숫자, 점, -, _로 이루어지며 글자나 숫자로 시작합니다.</translation>
    </message>
    <message>
        <source>A namespace has small letters, digits, dots, - and _, as company.team.</source>
        <translation>네임스페이스는 company.team처럼 소문자, 숫자, 점, -, _로 이루어집니다.</translation>
    </message>
    <message>
        <source>Empty flow</source>
        <translation>빈 플로</translation>
    </message>
    <message>
        <source>One task that says hello.</source>
        <translation>인사하는 작업 하나.</translation>
    </message>
    <message>
        <source>Create flow</source>
        <translation>플로 만들기</translation>
    </message>
    <message>
        <source>Search blueprints</source>
        <translation>블루프린트 찾기</translation>
    </message>
    <message>
        <source>Blueprints</source>
        <translation>블루프린트</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>&amp;Id</source>
        <translation>아이디(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>네임스페이스(&amp;N)</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>%1에 넣기</translation>
    </message>
    <message>
        <source>%1 has a flow %2 already.</source>
        <translation>%1에 플로 %2 이미 있음.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be made.</source>
        <translation>%1 만들 수 없음.</translation>
    </message>
    <message>
        <source>With a first flow</source>
        <translation>첫 플로 포함</translation>
    </message>
    <message>
        <source>With a Git repository</source>
        <translation>Git 저장소 포함</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>프로젝트 만들기</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>Place of the project</source>
        <translation>프로젝트의 위치</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>위치(&amp;P)</translation>
    </message>
    <message>
        <source>Name&amp;space</source>
        <translation>네임스페이스(&amp;S)</translation>
    </message>
    <message>
        <source>A project needs a name without /.</source>
        <translation>프로젝트 이름에는 /를 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>폴더 %1 없음.</translation>
    </message>
    <message>
        <source>%1 may not be written.</source>
        <translation>%1에 쓸 수 없음.</translation>
    </message>
    <message>
        <source>%1 exists and is not empty.</source>
        <translation>%1 이미 있고 비어 있지 않음.</translation>
    </message>
    <message>
        <source>Not committed yet</source>
        <translation>아직 커밋하지 않음</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Docs</source>
        <translation>설명서</translation>
    </message>
    <message>
        <source>New flow from a &amp;blueprint…</source>
        <translation>블루프린트로 새 플로(&amp;B)…</translation>
    </message>
    <message>
        <source>New &amp;project…</source>
        <translation>새 프로젝트(&amp;P)…</translation>
    </message>
    <message>
        <source>Search the pro&amp;ject…</source>
        <translation>프로젝트에서 찾기(&amp;J)…</translation>
    </message>
    <message>
        <source>Format the flo&amp;w…</source>
        <translation>플로 서식 맞추기(&amp;W)…</translation>
    </message>
    <message>
        <source>All sa&amp;fe fixes</source>
        <translation>안전한 고침 모두(&amp;F)</translation>
    </message>
    <message>
        <source>Compare with the &amp;saved text</source>
        <translation>저장된 글과 비교(&amp;S)</translation>
    </message>
    <message>
        <source>Compare with &amp;HEAD</source>
        <translation>HEAD와 비교(&amp;H)</translation>
    </message>
    <message>
        <source>Who wrote &amp;it</source>
        <translation>누가 썼는지(&amp;I)</translation>
    </message>
    <message>
        <source>Text &amp;zoom 100 %</source>
        <translation>글 확대 100 %(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Save this layout…</source>
        <translation>이 배치 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>This flow can&apos;t be formatted: its text can&apos;t be read, or would mean something else.</source>
        <translation>이 플로는 서식을 맞출 수 없습니다. 글을 읽을 수 없거나 뜻이 달라집니다.</translation>
    </message>
    <message>
        <source>The flow has the common form already</source>
        <translation>플로가 이미 표준 서식입니다</translation>
    </message>
    <message>
        <source>Format the flow</source>
        <translation>플로 서식 맞추기</translation>
    </message>
    <message>
        <source>Only indentation, blanks at line ends and blank lines change. The meaning stays the same.</source>
        <translation>들여쓰기, 줄 끝 공백, 빈 줄만 바뀝니다. 뜻은 그대로입니다.</translation>
    </message>
    <message>
        <source>Nothing differs from the saved text</source>
        <translation>저장된 글과 다른 곳이 없습니다</translation>
    </message>
    <message>
        <source>%1, saved and now</source>
        <translation>%1, 저장된 글과 지금</translation>
    </message>
    <message>
        <source>Nothing differs from HEAD</source>
        <translation>HEAD와 다른 곳이 없습니다</translation>
    </message>
    <message>
        <source>%1, HEAD and now</source>
        <translation>%1, HEAD와 지금</translation>
    </message>
    <message>
        <source>Save this layout</source>
        <translation>이 배치 저장</translation>
    </message>
    <message>
        <source>&amp;Forget a layout</source>
        <translation>배치 지우기(&amp;F)</translation>
    </message>
    <message>
        <source>These flows name it and would no longer find it: %1</source>
        <translation>이 플로를 참조하여 더 이상 찾지 못하게 되는 플로: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n hit(s)</source>
        <translation>
            <numerusform>%1, %n곳</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>온전한 낱말</translation>
    </message>
    <message>
        <source>Search the project</source>
        <translation>프로젝트에서 찾기</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>바꿀 말</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>찾은 곳</translation>
    </message>
    <message>
        <source>This is no regular expression: %1</source>
        <translation>정규식이 아닙니다: %1</translation>
    </message>
    <message>
        <source>Nothing found for %1</source>
        <translation>%1 찾을 수 없음</translation>
    </message>
    <message>
        <source>The first %1 hits</source>
        <translation>처음 %1곳</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n곳</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace in %n file(s)</source>
        <translation>
            <numerusform>파일 %n개에서 바꾸기</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to replace</source>
        <translation>바꿀 것이 없습니다</translation>
    </message>
    <message>
        <source>%1 may not be changed.</source>
        <translation>%1 바꿀 수 없음.</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>연 그대로</translation>
    </message>
    <message>
        <source>%1, undone</source>
        <translation>%1, 되돌림</translation>
    </message>
    <message>
        <source>Steps of this document</source>
        <translation>이 문서의 단계</translation>
    </message>
    <message>
        <source>What is changed in a flow is listed here.</source>
        <translation>플로에서 바꾼 것이 여기에 나옵니다.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>No task of this run measured anything.</source>
        <translation>이 실행에서 아무 작업도 값을 재지 않았습니다.</translation>
    </message>
    <message>
        <source>This file is too large to be shown.</source>
        <translation>파일이 너무 커서 보여 줄 수 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Values on hover</source>
        <translation>가리킬 때 보일 값(&amp;V)</translation>
    </message>
    <message>
        <source>Open a flow first</source>
        <translation>먼저 플로를 여세요</translation>
    </message>
    <message>
        <source>The last run</source>
        <translation>마지막 실행</translation>
    </message>
    <message>
        <source>No test file has cases for this flow</source>
        <translation>이 플로의 테스트 파일 없음</translation>
    </message>
    <message>
        <source>Move %1 to the front of %3</source>
        <translation>%1 옮기기: %3의 맨 앞으로</translation>
    </message>
    <message>
        <source>Move %1 tasks after %2</source>
        <translation>작업 %1개를 %2 뒤로 옮기기</translation>
    </message>
    <message>
        <source>Move %1 tasks to the front of %3</source>
        <translation>작업 %1개를 %3의 맨 앞으로 옮기기</translation>
    </message>
    <message>
        <source>Move %1 tasks to the front</source>
        <translation>작업 %1개를 맨 앞으로 옮기기</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>계속(&amp;E)</translation>
    </message>
    <message>
        <source>%1 Until then nothing new begins; it is tried again every second.</source>
        <translation>%1 그때까지 새 작업은 시작하지 않으며 1초마다 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 계속</translation>
    </message>
    <message>
        <source>%1 waits for these values</source>
        <translation>%1이(가) 이 값을 기다립니다</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>이어서 실행</translation>
    </message>
    <message>
        <source>%1 waits · %2</source>
        <translation>%1 대기 중 · %2</translation>
    </message>
    <message>
        <source>Swap the two values</source>
        <translation>두 값을 서로 바꾸기</translation>
    </message>
    <message>
        <source>Move it behind %1</source>
        <translation>%1 뒤로 옮기기</translation>
    </message>
    <message>
        <source>Move it to the triggers</source>
        <translation>트리거로 옮기기</translation>
    </message>
    <message>
        <source>Move it to the tasks</source>
        <translation>작업으로 옮기기</translation>
    </message>
    <message>
        <source>Join them to one text</source>
        <translation>한 텍스트로 합치기</translation>
    </message>
    <message>
        <source>Make it a %1</source>
        <translation>%1(으)로 만들기</translation>
    </message>
    <message>
        <source>Put a blank behind the colon</source>
        <translation>콜론 뒤에 빈칸 넣기</translation>
    </message>
    <message>
        <source>Put a colon behind it</source>
        <translation>뒤에 콜론 붙이기</translation>
    </message>
    <message>
        <source>Close it with %1</source>
        <translation>%1 문자로 닫기</translation>
    </message>
    <message>
        <source>Indent it by %1 columns</source>
        <translation>%1칸 들여쓰기</translation>
    </message>
    <message>
        <source>Take the invisible characters away</source>
        <translation>보이지 않는 문자 없애기</translation>
    </message>
    <message>
        <source>Usages that get the new name</source>
        <translation>새 이름을 쓸 사용처</translation>
    </message>
    <message>
        <source>Space takes a usage out, or in again</source>
        <translation>스페이스로 사용처를 빼거나 다시 넣습니다</translation>
    </message>
    <message>
        <source>Delete text</source>
        <translation>텍스트 삭제</translation>
    </message>
    <message>
        <source>Type “%1”</source>
        <translation>“%1” 입력</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>바꾼 뒤</translation>
    </message>
    <message>
        <source>There is nothing that can be fixed safely</source>
        <translation>안전하게 고칠 수 있는 것이 없습니다</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장된 것</translation>
    </message>
    <message>
        <source>Choose a file for %1</source>
        <translation>%1: 파일 선택</translation>
    </message>
    <message>
        <source>Load &amp;task schemas…</source>
        <translation>태스크 스키마 불러오기(&amp;T)…</translation>
    </message>
    <message>
        <source>This flow&apos;s namespace has no folder for files.</source>
        <translation>이 플로의 네임스페이스에는 파일 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>A flow reads only files of its namespace, below %1.</source>
        <translation>플로는 네임스페이스의 파일만 읽습니다: %1 아래.</translation>
    </message>
    <message>
        <source>Load task schemas</source>
        <translation>태스크 스키마 불러오기</translation>
    </message>
    <message>
        <source>A JSON schema of task types: a file, or the address of a server</source>
        <translation>태스크 타입의 JSON 스키마: 파일 또는 서버 주소</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>불러오기</translation>
    </message>
    <message>
        <source>JSON schemas (*.json)</source>
        <translation>JSON 스키마 (*.json)</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>%1에 묻는 중</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>%1 읽기 실패: %2</translation>
    </message>
    <message>
        <source>This is no JSON schema.</source>
        <translation>JSON 스키마가 아닙니다.</translation>
    </message>
    <message>
        <source>It has no task type that is not known already.</source>
        <translation>새로운 태스크 타입이 없습니다.</translation>
    </message>
    <message>
        <source>It could not be kept beside the settings.</source>
        <translation>설정 옆에 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Page keys, with Shift across, m</source>
        <translation>Page 키, Shift와 함께 가로로, m</translation>
    </message>
    <message>
        <source>Scroll by a view, minimap</source>
        <translation>한 화면씩 스크롤, 미니맵</translation>
    </message>
    <message>
        <source>Ctrl+F, F3</source>
        <translation>Ctrl+F, F3</translation>
    </message>
    <message>
        <source>Find tasks, the next one</source>
        <translation>작업 찾기, 다음 작업</translation>
    </message>
    <message>
        <source>%1, step %2 of %3</source>
        <translation>%1, %3단계 중 %2단계</translation>
    </message>
    <message>
        <source>No task has “%1”</source>
        <translation>“%1”이(가) 있는 작업이 없습니다</translation>
    </message>
    <message>
        <source>&amp;Path to the caret</source>
        <translation>커서까지의 경로(&amp;P)</translation>
    </message>
    <message>
        <source>%1 has another text than the flow that was extracted; it stays as it is.</source>
        <translation>%1의 내용이 추출한 플로와 달라 그대로 둡니다.</translation>
    </message>
    <message>
        <source>%1 was changed since it was extracted, so the file stays.</source>
        <translation>%1은(는) 추출한 뒤에 바뀌어 파일을 남겨 둡니다.</translation>
    </message>
    <message>
        <source>%1 could not be deleted: %2</source>
        <translation>%1을(를) 삭제할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>Of every task</source>
        <translation>모든 작업 공통</translation>
    </message>
    <message>
        <source>Of every trigger</source>
        <translation>모든 트리거 공통</translation>
    </message>
    <message>
        <source>Of every input</source>
        <translation>모든 입력 공통</translation>
    </message>
    <message>
        <source>Insert an expression</source>
        <translation>표현식 넣기</translation>
    </message>
    <message>
        <source>Insert an expression into %1</source>
        <translation>%1에 표현식 넣기</translation>
    </message>
</context>
</TS>
